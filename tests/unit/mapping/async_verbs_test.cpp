#include "../driver/later_driver.hpp"
#include "documents.hpp"

#include <asio/bind_cancellation_slot.hpp>
#include <asio/bind_executor.hpp>
#include <asio/cancellation_signal.hpp>
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

coodie::testing::RowOfValues user_row()
{
    return row(uuid(1), std::int64_t{31}, "a", "Ann", std::optional<std::string>{}, std::map<std::string, int>{},
               std::vector<std::string>{});
}

coodie::Rows one_user()
{
    return rows({"id", "age", "email", "name", "note", "points", "tags"}, user_row());
}

/// Answers once, with a page that is not the last; then throws.
class ThrowingDriver : public AbstractDriver
{
    Loop do_loop() const override { return {}; }
    void do_execute(Statement, RowsHandler handler) override
    {
        if (asked_++ != 0)
            Error{errc::overloaded, "no more"}.raise();
        handler.complete({}, nullptr, page(one_user(), {std::byte{1}}));
    }
    void do_execute_batch(Batch, RowsHandler) override {}
    void do_close(AnyHandler<void(std::exception_ptr)> handler) override { handler.complete({}, nullptr); }
    std::string do_keyspace() const override { return "ks"; }
    int asked_ = 0;
};

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
    const User nobody;
    users.async_save(nobody, [&](std::exception_ptr error) { failed = error; });
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

TEST_CASE("one row, the only one and a count are looked for behind empty pages too")
{
    MockDriver driver;
    Collection<User> users{driver};
    const auto empty = [] { return page(coodie::testing::no_rows<int>({"id"}), {std::byte{1}}); };
    const auto by_email = col<&User::email> == "a";
    driver.answer(empty()).answer(one_user());
    CHECK(users.find().async_first(asio::use_future).get()->name == "Ann");
    driver.answer(empty()).answer(one_user());
    CHECK(users.query().async_first(asio::use_future).get()->name == "Ann");
    driver.answer(empty()).answer(one_user());
    CHECK(users.async_get(by_email, asio::use_future).get().name == "Ann");
    driver.answer(page(one_user(), {std::byte{1}})).answer(one_user());
    CHECK_THROWS_AS(users.async_find_one(by_email, asio::use_future).get(), MultipleDocumentsFound);
    driver.answer(empty()).answer(rows({"count"}, row(std::int64_t{7})));
    CHECK(users.find().async_count(asio::use_future).get() == 7);
    CHECK(driver.requests().size() == 10);
    driver.answer(empty());
    CHECK_THROWS_AS(users.async_get(uuid(1), asio::use_future).get(), ProtocolError);
}

TEST_CASE("sc-57: cancelling a walk through pages gives up the page under way and asks for no other")
{
    asio::io_context context;
    coodie::testing::LaterDriver driver{loop_of(context)};
    asio::cancellation_signal signal;
    std::exception_ptr failed;
    Collection<User>{driver}.find().async_all(asio::bind_cancellation_slot(
        signal.slot(), [&](std::exception_ptr error, std::vector<User>) { failed = error; }));
    CHECK(driver.waiting() == 1);
    signal.emit(asio::cancellation_type::terminal);
    context.run();
    REQUIRE(failed);
    CHECK_THROWS_AS(std::rethrow_exception(failed), Cancelled);
    CHECK(driver.orphans() == 1);
    CHECK(driver.waiting() == 0);
}

TEST_CASE("a hundred thousand pages that are answered at once do not grow the stack")
{
    MockDriver driver;
    for (int i = 0; i != 100'000; ++i)
        driver.answer(page(rows({"id", "age", "email", "name", "note", "points", "tags"}, user_row()),
                           {std::byte{1}, static_cast<std::byte>(i), static_cast<std::byte>(i / 256)}));
    std::size_t count = 0;
    Collection<User>{driver}.find().async_all(
        [&](std::exception_ptr, std::vector<User> users) { count = users.size(); });
    CHECK(count == 100'000);
}

TEST_CASE("a driver that throws while it starts a later page is an error for the handler")
{
    ThrowingDriver driver;
    std::exception_ptr failed;
    Collection<User>{driver}.find().async_all([&](std::exception_ptr error, std::vector<User>) { failed = error; });
    REQUIRE(failed);
    CHECK_THROWS_AS(std::rethrow_exception(failed), Overloaded);
}

TEST_CASE("async_sync_table keeps the driver that the registry drops meanwhile")
{
    asio::io_context context;
    auto driver = std::make_shared<MockDriver>("ks", loop_of(context));
    const std::weak_ptr<MockDriver> watched = driver;
    register_driver("dropped", std::move(driver), true);
    auto lazy = async_sync_table<User>(asio::use_awaitable);
    unregister_driver("dropped");
    CHECK(!watched.expired());
    std::size_t texts = 0;
    asio::co_spawn(context, std::move(lazy),
                   [&](std::exception_ptr, std::vector<std::string> ran) { texts = ran.size(); });
    context.run();
    CHECK(texts == 2);
}
