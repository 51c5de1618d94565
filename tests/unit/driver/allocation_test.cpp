#include <array>
#include <asio/bind_cancellation_slot.hpp>
#include <asio/bind_executor.hpp>
#include <asio/cancellation_signal.hpp>
#include <asio/co_spawn.hpp>
#include <asio/detached.hpp>
#include <asio/io_context.hpp>
#include <asio/post.hpp>
#include <asio/strand.hpp>
#include <asio/use_awaitable.hpp>
#include <coodie/async.hpp>
#include <cstdlib>
#include <doctest/doctest.h>
#include <new>

namespace {

thread_local std::size_t allocations = 0;

}

[[gnu::noinline]] void* operator new(std::size_t size)
{
    ++allocations;
    if (auto* memory = std::malloc(size ? size : 1))
        return memory;
    throw std::bad_alloc{};
}
[[gnu::noinline]] void operator delete(void* memory) noexcept
{
    std::free(memory);
}
[[gnu::noinline]] void operator delete(void* memory, std::size_t) noexcept
{
    std::free(memory);
}

using namespace coodie;

namespace {

/// Keeps one handler, in its own memory: what is counted is the seam alone.
class OneSlotDriver : public AbstractDriver
{
public:
    explicit OneSlotDriver(asio::io_context& io) : loop_{loop_of(io)} {}
    void answer() { std::exchange(handler_, {}).complete(loop_, nullptr, Rows{}); }
    bool waits() const noexcept { return static_cast<bool>(handler_); }

private:
    Loop do_loop() const override { return loop_; }
    void do_execute(Statement, RowsHandler handler) override
    {
        handler_ = std::move(handler);
        if (handler_.cancellable())
            handler_.on_cancel({owner_, 1, [](void*, std::uint64_t) noexcept {}});
    }
    void do_execute_batch(Batch, RowsHandler) override {}
    void do_close(AnyHandler<void(std::exception_ptr)>) override {}
    std::string do_keyspace() const override { return {}; }

    Loop loop_;
    RowsHandler handler_;
    std::shared_ptr<int> owner_ = std::make_shared<int>(0);
};

constexpr Statement::Constant select_text{"SELECT", 6};

/// Allocations of one operation, the second one: the first may fill Asio's caches.
template <class Start> std::size_t allocations_of(asio::io_context& io, OneSlotDriver& driver, Start start)
{
    std::size_t counted = 999;
    asio::post(io, [&] {
        for (int i = 0; i != 3; ++i) {
            const auto before = allocations;
            start();
            driver.answer();
            counted = allocations - before;
        }
    });
    io.restart();
    io.run();
    return counted;
}

struct Fixture
{
    asio::io_context io;
    OneSlotDriver driver{io};
    int calls = 0;
    std::array<char, 32> capture{};
};

}

TEST_CASE_FIXTURE(Fixture, "a callback costs no allocation")
{
    const auto start = [this] {
        driver.async_execute(Statement{select_text},
                             [this, kept = capture](std::exception_ptr, Rows) { calls += 1 + kept[0]; });
    };
    CHECK(allocations_of(io, driver, start) == 0);
    CHECK(calls == 3);
}

TEST_CASE_FIXTURE(Fixture, "a callback with a cancellation slot costs no allocation")
{
    asio::cancellation_signal signal;
    const auto start = [&] {
        driver.async_execute(Statement{select_text}, asio::bind_cancellation_slot(
                                                         signal.slot(), [this](std::exception_ptr, Rows) { ++calls; }));
    };
    CHECK(allocations_of(io, driver, start) == 0);
    CHECK(calls == 3);
}

TEST_CASE_FIXTURE(Fixture, "a callback bound to the loop's executor costs no allocation")
{
    const auto start = [this] {
        driver.async_execute(Statement{select_text},
                             asio::bind_executor(io, [this](std::exception_ptr, Rows) { ++calls; }));
    };
    CHECK(allocations_of(io, driver, start) == 0);
    CHECK(calls == 3);
}

TEST_CASE_FIXTURE(Fixture, "a coroutine on the loop costs no allocation per statement")
{
    std::size_t counted = 999;
    asio::co_spawn(
        io,
        [&]() -> asio::awaitable<void> {
            for (int i = 0; i != 3; ++i) {
                const auto before = allocations;
                const Statement statement{select_text};
                co_await driver.async_execute(statement, asio::use_awaitable);
                counted = allocations - before;
            }
        },
        asio::detached);
    asio::post(io, [&] {
        while (driver.waits())
            driver.answer();
    });
    io.run();
    CHECK(counted == 0);
}

TEST_CASE_FIXTURE(Fixture, "a large callback costs the one box that it is kept in")
{
    std::array<char, 200> large{};
    const auto start = [&] {
        driver.async_execute(Statement{select_text},
                             [this, large](std::exception_ptr, Rows) { calls += 1 + large[0]; });
    };
    CHECK(allocations_of(io, driver, start) == 1);
    CHECK(calls == 3);
}
