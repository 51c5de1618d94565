#include <asio/io_context.hpp>
#include <asio/use_future.hpp>
#include <coodie/async.hpp>
#include <coodie/cql_driver.hpp>
#include <coodie/exceptions.hpp>
#include <doctest/doctest.h>

using namespace coodie;

namespace {

std::string refusal_of(const InitOptions& options)
{
    try {
        init_coodie(options);
    } catch (const ConfigurationError& error) {
        return error.what();
    }
    return "no error";
}

bool names(const std::string& message, std::string_view option)
{
    return message.find(option) != std::string::npos;
}

}

TEST_CASE("options that contradict each other are refused by their names, before anything connects")
{
    asio::io_context io;
    struct Example
    {
        InitOptions options;
        const char* first;
        const char* second;
    };
    const Example examples[] = {
        {{.threads = 2, .loops = {loop_of(io)}}, "threads", "loops"},
        {{.password = "secret"}, "password", "username"},
        {{.name = ""}, "name", "empty"},
    };
    for (const auto& [options, first, second] : examples) {
        const auto message = refusal_of(options);
        CAPTURE(message);
        CHECK(names(message, first));
        CHECK(names(message, second));
        CHECK_FALSE(names(message, "secret"));
    }
    CHECK_THROWS_AS(get_driver("default"), ConfigurationError);
}

TEST_CASE("the asynchronous init gives the same refusal to its handler")
{
    const InitOptions options{.password = "secret"};
    auto connected = async_init_coodie(options, asio::use_future);
    CHECK_THROWS_AS(connected.get(), ConfigurationError);
}

TEST_CASE("a driver needs a session that was connected")
{
    CHECK_THROWS_AS(CqlDriver{Session{}}, ConfigurationError);
}
