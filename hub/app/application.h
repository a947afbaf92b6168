// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/app/config.h"
#include "shared/base/result.h"

#include <memory>

namespace cf::hub {

// A whole hub in one process: log, threads, server, signals. Net thread: the one that calls exec().
class Application
{
public:
    explicit Application(Config config);
    ~Application();
    Application(const Application &) = delete;
    Application &operator=(const Application &) = delete;

    // Opens the data directory and the log, starts the threads and listens. The error's detail is
    // one line for a person.
    Status start();
    // Serves until SIGINT or SIGTERM; then says goodbye to every stream, answers and commits what
    // was asked, and closes the log. A second signal ends the process at once. Returns the
    // process's exit code.
    int exec();

private:
    class Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace cf::hub
