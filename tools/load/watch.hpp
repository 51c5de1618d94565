#pragma once

#include "load.hpp"

#include <asio/io_context.hpp>
#include <asio/posix/stream_descriptor.hpp>
#include <asio/steady_timer.hpp>

namespace load {

/// What standard input says, a line each: events for the account, and `end`.
class Events
{
public:
    Events(asio::io_context& context, Load& load);
    void close() { input_.close(); }

private:
    void read();
    void take(const std::string& event);

    asio::posix::stream_descriptor input_;
    Load& load_;
    std::string text_;
};

/// A line a second until the time is over; ends the load then.
class Progress
{
public:
    Progress(asio::io_context& context, Load& load, int seconds);
    void close() { timer_.cancel(); }

private:
    void wait();
    void second_over();

    asio::steady_timer timer_;
    Load& load_;
    int left_;
    std::uint64_t before_ = 0;
};

}
