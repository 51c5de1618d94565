#include "documents.hpp"

#include <asio/bind_executor.hpp>
#include <asio/co_spawn.hpp>
#include <asio/detached.hpp>
#include <asio/io_context.hpp>
#include <asio/use_awaitable.hpp>
#include <asio/use_future.hpp>
#include <coodie/async.hpp>
#include <coodie/testing/mock_driver.hpp>
#include <doctest/doctest.h>

using namespace documents;
using coodie::testing::MockDriver;
using coodie::testing::page;
using coodie::testing::row;
using coodie::testing::rows;

namespace {

coodie::Rows one_user()
{
    return rows({"id", "age", "email", "name", "note", "points", "tags"},
                row(uuid(1), std::int64_t{31}, "a", "Ann", std::optional<std::string>{}, std::map<std::string, int>{},
                    std::vector<std::string>{}));
}

/// The default driver of the registry while a test runs.
struct Registered
{
    std::shared_ptr<MockDriver> driver = std::make_shared<MockDriver>();
    Registered() { register_driver("async", driver, true); }
    ~Registered() { unregister_driver("async"); }
};

asio::awaitable<void> use_everything(int& done)
{
    User ann;
    ann.id = uuid(1);
    co_await async_save(ann, asio::use_awaitable);
    const auto older = col<&User::age> = 32;
    const auto tagged = col<&User::tags> += {"b"}; // g++ 12 cannot compile a braced list beside co_await
    co_await async_update(ann, older, tagged, asio::use_awaitable);
    const LwtResult inserted = co_await async_insert(ann, asio::use_awaitable);
    done += inserted.applied() ? 1 : 0;
    const User got = co_await async_get<User>(ann.id, asio::use_awaitable);
    done += got.name == "Ann" ? 1 : 0;
    const auto found = co_await async_find_one<User>(col<&User::email> == "a", asio::use_awaitable);
    done += found ? 1 : 0;
    const auto query = find<User>(col<&User::email> == "a");
    const std::vector<User> users = co_await query.async_all(asio::use_awaitable);
    done += static_cast<int>(users.size());
    const auto first = co_await query.async_first(asio::use_awaitable);
    done += first ? 100 : 0;
    co_await async_erase(ann, asio::use_awaitable);
    const auto texts = co_await async_sync_table<User>(asio::use_awaitable);
    done += static_cast<int>(texts.size());
}

}

TEST_CASE("every verb has an async_ form that a coroutine can wait for")
{
    const Registered registered;
    auto& driver = *registered.driver;
    driver.answer({}).answer({}).answer({});
    driver.answer(one_user()).answer(one_user()).answer(page(one_user(), {std::byte{1}})).answer(one_user());
    asio::io_context context;
    int done = 0;
    std::exception_ptr failed;
    asio::co_spawn(context, use_everything(done), [&](std::exception_ptr error) { failed = error; });
    context.run();
    CHECK(!failed);
    CHECK(done == 1 + 1 + 1 + 2 + 2);
    CHECK(driver.requests().size() == 11);
}

TEST_CASE("an error of the driver, of a page or of the rule of one document goes to the handler")
{
    MockDriver driver;
    Collection<User> users{driver};
    driver.fail(errc::unavailable, "no node");
    std::exception_ptr failed;
    users.async_save(User{}, [&](std::exception_ptr error) { failed = error; });
    CHECK_THROWS_AS(std::rethrow_exception(failed), Unavailable);
    driver.answer(page(one_user(), {std::byte{1}})).fail(errc::read_timeout, "late");
    users.find().async_all([&](std::exception_ptr error, std::vector<User>) { failed = error; });
    CHECK_THROWS_AS(std::rethrow_exception(failed), ReadTimeout);
    users.async_get(uuid(1), [&](std::exception_ptr error, User) { failed = error; });
    CHECK_THROWS_AS(std::rethrow_exception(failed), DocumentNotFound);
    driver.answer(rows({"id"}, row(uuid(1))));
    users.query().async_all([&](std::exception_ptr error, std::vector<User>) { failed = error; });
    CHECK_THROWS_AS(std::rethrow_exception(failed), InvalidQueryError);
}

TEST_CASE("a future holds the documents of every page, or a count")
{
    MockDriver driver;
    Collection<User> users{driver};
    driver.answer(page(one_user(), {std::byte{1}})).answer(one_user());
    CHECK(users.find().async_all(asio::use_future).get().size() == 2);
    driver.answer(rows({"count"}, row(std::int64_t{7})));
    CHECK(users.find().async_count(asio::use_future).get() == 7);
    driver.answer(rows({"count"}, row(std::int64_t{8})));
    CHECK(users.query().async_count(asio::use_future).get() == 8);
    driver.answer(one_user());
    CHECK(users.query().async_first(asio::use_future).get()->name == "Ann");
}

TEST_CASE("a handler runs on the executor that it is bound to")
{
    MockDriver driver;
    driver.answer(one_user());
    asio::io_context context;
    std::size_t seen = 0;
    Collection<User>{driver}.find().async_all(asio::bind_executor(
        context.get_executor(), [&](std::exception_ptr, std::vector<User> users) { seen = users.size(); }));
    CHECK(seen == 0);
    context.run();
    CHECK(seen == 1);
}
