#pragma once

#include "scripted_server.hpp"

#include "tests/error_of.hpp"
#include <coodie/policies.hpp>
#include <coodie/session.hpp>

/// Options for a scripted server, impatient enough for tests.
inline coodie::SessionOptions options_for(const ScriptedServer& server)
{
    return {.hosts = {server.host()}, .metadata = false};
}

/// What a handler was told.
inline coodie::errc told(const std::exception_ptr& error)
{
    return code_of([&] {
        if (error)
            std::rethrow_exception(error);
    });
}

/// A gate for threads: opened once.
class Gate
{
public:
    void open()
    {
        const std::lock_guard lock{mutex_};
        open_ = true;
        changed_.notify_all();
    }
    void wait()
    {
        std::unique_lock lock{mutex_};
        changed_.wait(lock, [this] { return open_; });
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    bool open_ = false;
};
