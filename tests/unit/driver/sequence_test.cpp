#include "later_driver.hpp"
#include <asio/io_context.hpp>
#include <doctest/doctest.h>

using namespace coodie;
using namespace coodie::testing;

namespace {

std::vector<Statement> statements(int count)
{
    std::vector<Statement> all;
    for (int i = 0; i != count; ++i)
        all.emplace_back("statement " + std::to_string(i));
    return all;
}

struct Outcome
{
    int calls = 0;
    std::exception_ptr error;
};

void start_all(AbstractDriver& driver, int count, Outcome& outcome)
{
    detail::DriverAccess::start_all(detail::borrowed(driver), statements(count), [&outcome](std::exception_ptr error) {
        ++outcome.calls;
        outcome.error = error;
    });
}

}

TEST_CASE("statements run in order and the handler is called once at the end")
{
    MockDriver driver;
    Outcome outcome;
    start_all(driver, 3, outcome);
    CHECK(outcome.calls == 1);
    CHECK_FALSE(outcome.error);
    CHECK(driver.texts() == std::vector<std::string>{"statement 0", "statement 1", "statement 2"});
}

TEST_CASE("no statements are done at once")
{
    MockDriver driver;
    Outcome outcome;
    start_all(driver, 0, outcome);
    CHECK(outcome.calls == 1);
    CHECK(driver.requests().empty());
}

TEST_CASE("the first error ends a sequence")
{
    MockDriver driver;
    driver.answer({}).fail(errc::syntax_error, "line 1");
    Outcome outcome;
    start_all(driver, 4, outcome);
    CHECK(outcome.calls == 1);
    CHECK_THROWS_AS(std::rethrow_exception(outcome.error), SyntaxError);
    CHECK(driver.requests().size() == 2);
}

TEST_CASE("a hundred thousand statements that complete at once do not grow the stack")
{
    MockDriver driver;
    Outcome outcome;
    start_all(driver, 100'000, outcome);
    CHECK(outcome.calls == 1);
    CHECK(driver.requests().size() == 100'000);
}

TEST_CASE("statements that complete later run in order too")
{
    asio::io_context io;
    MockDriver driver{"test", loop_of(io)};
    Outcome outcome;
    start_all(driver, 50, outcome);
    CHECK(driver.requests().size() == 1);
    io.run();
    CHECK(outcome.calls == 1);
    CHECK(driver.requests().size() == 50);
}

TEST_CASE("a sequence keeps the driver that it was given to share")
{
    asio::io_context io;
    auto driver = std::make_shared<MockDriver>("test", loop_of(io));
    const std::weak_ptr<MockDriver> watched = driver;
    bool done = false;
    detail::DriverAccess::start_all(std::move(driver), statements(3), [&](std::exception_ptr) { done = true; });
    CHECK_FALSE(watched.expired());
    io.run();
    CHECK(done);
    CHECK(watched.expired());
}

namespace {

/// Throws when it is asked for the second time.
class ThrowingDriver : public AbstractDriver
{
    Loop do_loop() const override { return {}; }
    void do_execute(Statement, RowsHandler handler) override
    {
        if (asked_++ != 0)
            Error{errc::overloaded, "no more"}.raise();
        handler.complete({}, nullptr, {});
    }
    void do_execute_batch(Batch, RowsHandler) override {}
    void do_close(AnyHandler<void(std::exception_ptr)> handler) override { handler.complete({}, nullptr); }
    std::string do_keyspace() const override { return "test"; }
    int asked_ = 0;
};

}

TEST_CASE("a driver that throws ends a sequence with that error")
{
    ThrowingDriver driver;
    Outcome outcome;
    start_all(driver, 3, outcome);
    CHECK(outcome.calls == 1);
    REQUIRE(outcome.error);
    CHECK_THROWS_AS(std::rethrow_exception(outcome.error), Overloaded);
}
