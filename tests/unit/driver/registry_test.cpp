#include "tests/contains.hpp"
#include <atomic>
#include <coodie/exceptions.hpp>
#include <coodie/registry.hpp>
#include <coodie/testing/mock_driver.hpp>
#include <doctest/doctest.h>
#include <thread>

using namespace coodie;
using namespace coodie::testing;

namespace {

/// Drivers that are forgotten at the end of the test.
struct Drivers
{
    std::shared_ptr<AbstractDriver> add(const std::string& name, bool make_default = false)
    {
        auto driver = std::make_shared<MockDriver>(name);
        register_driver(name, driver, make_default);
        return driver;
    }
    ~Drivers()
    {
        for (const auto* name : {"a", "b", "c"})
            unregister_driver(name);
    }
};

std::string message_of(std::string_view name)
{
    try {
        get_driver(name);
    } catch (const ConfigurationError& error) {
        return error.what();
    }
    return "no error";
}

}

TEST_CASE_FIXTURE(Drivers, "without any driver the error says what to call")
{
    CHECK(contains(message_of(""), "init_coodie()"));
    CHECK(contains(message_of("a"), "init_coodie()"));
}

TEST_CASE_FIXTURE(Drivers, "the first driver answers for the empty name")
{
    const auto a = add("a");
    const auto b = add("b");
    CHECK(get_driver() == a);
    CHECK(get_driver("b") == b);
}

TEST_CASE_FIXTURE(Drivers, "a driver can be made the default")
{
    add("a");
    CHECK(get_driver()->keyspace() == "a");
    const auto b = add("b", true);
    CHECK(get_driver() == b);
}

TEST_CASE_FIXTURE(Drivers, "a name that is taken is replaced, the default's too")
{
    const auto first = add("a");
    CHECK(get_driver() == first);
    const auto second = add("a");
    CHECK(get_driver() == second);
    CHECK(get_driver("a") == second);
    CHECK(first.use_count() == 1);
}

TEST_CASE_FIXTURE(Drivers, "an unknown name is an error that says what there is")
{
    add("a");
    add("b");
    const auto message = message_of("x");
    CAPTURE(message);
    CHECK(contains(message, "\"x\""));
    CHECK(contains(message, "\"a\", \"b\""));
}

TEST_CASE_FIXTURE(Drivers, "a forgotten driver lives on with those who use it, and with nobody else")
{
    auto a = add("a");
    CHECK(get_driver() == a);
    CHECK(unregister_driver("a"));
    CHECK_FALSE(unregister_driver("a"));
    CHECK_THROWS_AS(get_driver(), ConfigurationError);
    CHECK(a.use_count() == 1);
}

TEST_CASE_FIXTURE(Drivers, "when the default is forgotten no other takes its place unasked")
{
    add("a");
    add("b");
    unregister_driver("a");
    CHECK(contains(message_of(""), "\"b\""));
    const auto c = add("c");
    CHECK(get_driver() == c);
}

TEST_CASE("a driver needs a name and an object")
{
    CHECK_THROWS_AS(register_driver("", std::make_shared<MockDriver>()), ConfigurationError);
    CHECK_THROWS_AS(register_driver("a", nullptr), ConfigurationError);
}

TEST_CASE_FIXTURE(Drivers, "threads may ask while others register")
{
    add("a");
    std::atomic<bool> stop{false};
    std::atomic<int> wrong{0};
    std::thread asks{[&] {
        while (!stop)
            wrong += get_driver()->keyspace().size() == 1 ? 0 : 1;
    }};
    for (int i = 0; i != 200; ++i)
        add(i % 2 == 0 ? "b" : "c", true);
    stop = true;
    asks.join();
    CHECK(wrong == 0);
    CHECK(get_driver()->keyspace() == "c");
}
