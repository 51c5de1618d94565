#include "later_driver.hpp"
#include <asio/bind_cancellation_slot.hpp>
#include <asio/cancellation_signal.hpp>
#include <asio/io_context.hpp>
#include <doctest/doctest.h>

using namespace coodie;
using namespace coodie::testing;

namespace {

struct Cancellable
{
    asio::io_context io;
    LaterDriver driver{loop_of(io)};
    asio::cancellation_signal signal;
    int calls = 0;
    std::exception_ptr error;

    void start()
    {
        driver.async_execute("SELECT", asio::bind_cancellation_slot(signal.slot(), [this](std::exception_ptr e, Rows) {
                                 ++calls;
                                 error = e;
                             }));
    }
    bool was_cancelled() const
    {
        try {
            if (error)
                std::rethrow_exception(error);
        } catch (const Cancelled&) {
            return true;
        }
        return false;
    }
};

}

TEST_CASE_FIXTURE(Cancellable, "a cancelled request is given up and its handler told so")
{
    for (const auto type :
         {asio::cancellation_type::terminal, asio::cancellation_type::partial, asio::cancellation_type::all})
    {
        CAPTURE(static_cast<unsigned>(type));
        calls = 0;
        start();
        signal.emit(type);
        io.restart();
        io.run();
        CHECK(calls == 1);
        CHECK(was_cancelled());
    }
    CHECK(driver.orphans() == 3);
}

TEST_CASE_FIXTURE(Cancellable, "a request cannot be undone, so total cancellation is not honoured")
{
    start();
    signal.emit(asio::cancellation_type::total);
    CHECK(driver.waiting() == 1);
    driver.answer_all();
    io.run();
    CHECK(calls == 1);
    CHECK_FALSE(error);
}

TEST_CASE_FIXTURE(Cancellable, "the slot is empty when the handler runs, and a late signal does nothing")
{
    start();
    CHECK(signal.slot().has_handler());
    driver.answer_all();
    io.run();
    CHECK_FALSE(signal.slot().has_handler());
    signal.emit(asio::cancellation_type::all);
    CHECK(calls == 1);
    CHECK(driver.orphans() == 0);
}

TEST_CASE_FIXTURE(Cancellable, "a signal between the answer and the handler does nothing")
{
    start();
    driver.answer_all();
    asio::post(io, [this] { signal.emit(asio::cancellation_type::all); });
    io.run();
    CHECK(calls == 1);
    CHECK_FALSE(error);
}

TEST_CASE_FIXTURE(Cancellable, "a signal that comes after the driver is gone does nothing")
{
    auto* gone = new LaterDriver{loop_of(io)};
    gone->async_execute("SELECT", asio::bind_cancellation_slot(signal.slot(), [](std::exception_ptr, Rows) {}));
    delete gone;
    signal.emit(asio::cancellation_type::all);
    CHECK(io.poll() == 0);
}

TEST_CASE_FIXTURE(Cancellable, "a slot that belongs to no signal is none")
{
    driver.async_execute("SELECT", asio::bind_cancellation_slot(asio::cancellation_slot{},
                                                                [this](std::exception_ptr, Rows) { ++calls; }));
    driver.answer_all();
    io.run();
    CHECK(calls == 1);
}

TEST_CASE_FIXTURE(Cancellable, "cancelling a sequence gives up the statement under way and starts no other")
{
    std::vector<Statement> statements;
    statements.emplace_back("one");
    statements.emplace_back("two");
    detail::initiate<void(std::exception_ptr)>(
        detail::borrowed(driver),
        [](const std::shared_ptr<AbstractDriver>& on, std::vector<Statement> all, detail::DoneHandler handler) {
            detail::DriverAccess::start_all(on, std::move(all), std::move(handler));
        },
        detail::Unchanged{},
        asio::bind_cancellation_slot(signal.slot(),
                                     [this](std::exception_ptr e) {
                                         ++calls;
                                         error = e;
                                     }),
        std::move(statements));
    signal.emit(asio::cancellation_type::terminal);
    io.run();
    CHECK(calls == 1);
    CHECK(was_cancelled());
    CHECK(driver.orphans() == 1);
    CHECK(driver.waiting() == 0);
}
