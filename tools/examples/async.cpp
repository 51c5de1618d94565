// The verbs in coroutines, callbacks and futures. With g++ 12, what a call takes is named before co_await, and so is
// what it gives: the compiler destroys temporaries twice that share a statement with it.

#include "shared.hpp"

#include <asio/co_spawn.hpp>
#include <asio/io_context.hpp>
#include <asio/use_awaitable.hpp>
#include <asio/use_future.hpp>
#include <coodie/async.hpp>

using namespace coodie;

namespace {

asio::awaitable<void> run(User alice)
{
    co_await async_sync_table<User>(asio::use_awaitable);
    co_await async_save(alice, asio::use_awaitable);
    const auto query = find<User>(col<&User::email> == "alice@example.com");
    const std::vector<User> users = co_await query.async_all(asio::use_awaitable);
    std::printf("coroutine: %zu found\n", users.size());
    const auto older = col<&User::age> = 31;
    co_await async_update(alice, older, asio::use_awaitable);
    const User same = co_await async_get<User>(alice.id, asio::use_awaitable);
    std::printf("coroutine: %s is %lld\n", same.name.c_str(), static_cast<long long>(same.age));
}

void run_all()
{
    connect("coodie_async");
    asio::io_context context;
    std::exception_ptr failed;
    User alice{.name = "Alice", .email = "alice@example.com"};
    asio::co_spawn(context, run(std::move(alice)), [&](std::exception_ptr error) { failed = error; });
    context.run();
    if (failed)
        std::rethrow_exception(failed);

    const auto driver = get_driver();
    std::future<Rows> f = driver->async_execute("SELECT * FROM users", asio::use_future);
    std::printf("future: %zu rows\n", f.get().size());
    std::promise<void> answered;
    driver->async_execute("SELECT * FROM users", [&](std::exception_ptr error, Rows rows) {
        std::printf("callback: %zu rows%s\n", rows.size(), error ? ", an error" : "");
        answered.set_value();
    });
    answered.get_future().wait();
    drop_keyspace("coodie_async");
    driver->close();
}

}

int main()
{
    return run_example("async", run_all);
}
