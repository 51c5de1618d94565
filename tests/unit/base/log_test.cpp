#include "lib/base/log.hpp"

#include <doctest/doctest.h>
#include <vector>

using namespace coodie;
using namespace coodie::detail;

namespace {

struct Lines
{
    std::vector<std::string> lines;
    LogSink sink()
    {
        return [this](LogLevel level, std::string_view line) {
            lines.push_back(std::string{name_of(level)} + ": " + std::string{line});
        };
    }
};

}

TEST_CASE("lines below the level that was asked for are not written")
{
    Lines lines;
    Log log{lines.sink(), LogLevel::warning};
    log.write(LogLevel::error, "a");
    log.write(LogLevel::warning, "b");
    log.write(LogLevel::info, "c");
    CHECK(lines.lines == std::vector<std::string>{"error: a", "warning: b"});
    CHECK_FALSE(Log{}.wants(LogLevel::error));
}

TEST_CASE("a line that repeats itself is written once in a while, with how often it came")
{
    Lines lines;
    Log log{lines.sink(), LogLevel::info};
    const Clock::time_point start{};
    for (int n = 0; n < 1000; ++n)
        log.write(LogLevel::warning, "down", start + std::chrono::milliseconds{n});
    log.write(LogLevel::warning, "another", start);
    CHECK(lines.lines == std::vector<std::string>{"warning: down", "warning: another"});
    log.write(LogLevel::warning, "down", start + Log::repeat_after);
    CHECK(lines.lines.back() == "warning: down (and 999 times before this)");
}

TEST_CASE("lines that are all different are all written, in bounded memory")
{
    Lines lines;
    Log log{lines.sink(), LogLevel::info};
    const auto count = 10 * Log::max_remembered;
    for (std::size_t n = 0; n < count; ++n)
        log.write(LogLevel::info, std::to_string(n), Clock::time_point{});
    CHECK(lines.lines.size() == count);
}

TEST_CASE("what a server says begins no line of its own, and does not speak to a terminal")
{
    Lines lines;
    Log log{lines.sink(), LogLevel::info};
    log.write(LogLevel::warning, "cluster 'a\nerror: all is lost\r\x1b[2J\x7f' \xc3\xa4", Clock::time_point{});
    CHECK(lines.lines == std::vector<std::string>{"warning: cluster 'a error: all is lost  [2J ' \xc3\xa4"});
}
