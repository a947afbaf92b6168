# SPDX-License-Identifier: Apache-2.0
"""What both jobs in the guest need."""

import ctypes
import os
import subprocess
import threading
from pathlib import Path

MOUNT = "/run/disk"
WORK = Path("/run/work")
DATA = Path(MOUNT) / "hub"
_FINIT_MODULE = 313  # x86-64


def load_modules(*names):
    under = next(Path("/usr/lib/uml/modules").iterdir()) / "kernel/drivers"
    libc = ctypes.CDLL(None, use_errno=True)
    for name in names:
        with open(under / f"{name}.ko", "rb") as file:
            if libc.syscall(_FINIT_MODULE, file.fileno(), b"", 0) != 0:
                raise OSError(ctypes.get_errno(), name)


def run(*command):
    subprocess.run([str(word) for word in command], check=True)


def program(name):
    return f"{os.environ['CF_BIN']}/{name}"


def start_hub(port, more=None):
    """The hub on the mounted disk, listening."""
    port_file = Path("/run/port")
    port_file.unlink(missing_ok=True)
    hub = subprocess.Popen([program("counterfire-hub"), "--data", str(DATA), "--listen",
                            f"127.0.0.1:{port}", "--demo", "--log-level", "warning",
                            "--port-file", str(port_file)], env={**os.environ, **(more or {})})
    for _ in range(1200):
        if hub.poll() is not None:
            raise RuntimeError(f"the hub ended with {hub.returncode}")
        if port_file.exists():
            return hub
        threading.Event().wait(0.02)
    raise RuntimeError("the hub does not listen")
