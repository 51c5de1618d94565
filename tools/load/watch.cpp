#include "watch.hpp"

#include <asio/read_until.hpp>
#include <cstdio>
#include <unistd.h>

namespace load {

Events::Events(asio::io_context& context, Load& load) : input_{context, ::dup(STDIN_FILENO)}, load_{load}
{
    read();
}

void Events::read()
{
    asio::async_read_until(input_, asio::dynamic_buffer(text_), '\n', [this](std::error_code ec, std::size_t size) {
        if (ec)
            return;
        take(text_.substr(0, size - 1));
        text_.erase(0, size);
        read();
    });
}

void Events::take(const std::string& event)
{
    if (event == "end")
        return load_.stop();
    std::printf("event: %s\n", event.c_str());
    std::fflush(stdout);
    load_.pace().mark(event, Clock::now());
}

Progress::Progress(asio::io_context& context, Load& load, int seconds) : timer_{context}, load_{load}, left_{seconds}
{
    wait();
}

void Progress::wait()
{
    timer_.expires_after(std::chrono::seconds{1});
    timer_.async_wait([this](std::error_code ec) {
        if (!ec)
            second_over();
    });
}

void Progress::second_over()
{
    const auto total = load_.pace().total();
    const auto failed = load_.writes().failed() + load_.increments().failed();
    std::printf("%4d s left: %6llu acknowledged in a second, %llu failed in all\n", --left_,
                static_cast<unsigned long long>(total - std::exchange(before_, total)),
                static_cast<unsigned long long>(failed));
    std::fflush(stdout);
    if (left_ <= 0)
        load_.stop();
    else
        wait();
}

}
