# SPDX-License-Identifier: Apache-2.0
"""The one place of the Python tests that pauses, between two looks at a condition."""

import time


def wait_for(what, condition, seconds=30):
    """The condition's first true value; AssertionError naming `what` after `seconds`."""
    deadline = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > deadline:
            raise AssertionError(f"gave up waiting for {what}")
        time.sleep(0.05)
