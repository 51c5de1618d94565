#include "hosts.hpp"
#include <asio/co_spawn.hpp>
#include <asio/detached.hpp>
#include <asio/io_context.hpp>
#include <asio/use_awaitable.hpp>
#include <asio/use_future.hpp>
#include <coodie/async.hpp>
#include <coodie/cql_driver.hpp>
#include <coodie/exceptions.hpp>
#include <coodie/mapping/table_schema.hpp>
#include <doctest/doctest.h>
#include <future>

using namespace coodie;

namespace {

constexpr const char* keyspace = "coodie_driver_test";

/// The default driver of one test, closed and forgotten after it.
struct Fixture
{
    std::shared_ptr<AbstractDriver> driver = init_coodie({.hosts = hosts()});

    ~Fixture()
    {
        driver->close();
        unregister_driver("default");
    }
};

/// The same, with a keyspace of its own.
struct KeyspaceFixture : Fixture
{
    KeyspaceFixture()
    {
        create_keyspace(keyspace);
        execute_raw("CREATE TABLE IF NOT EXISTS coodie_driver_test.numbers (id int PRIMARY KEY, name text)");
    }
    ~KeyspaceFixture() { drop_keyspace(keyspace); }
};

bool keyspace_exists()
{
    return !execute_raw("SELECT keyspace_name FROM system_schema.keyspaces WHERE keyspace_name = ?", keyspace).empty();
}

const Column columns[] = {{.name = "id", .type = &Codec<int>::type, .kind = ColumnKind::partition_key},
                          {.name = "email", .type = &Codec<std::string>::type, .indexed = true}};

asio::awaitable<std::string> write_and_read(AbstractDriver& driver)
{
    const Statement write{"INSERT INTO coodie_driver_test.numbers (id, name) VALUES (?, ?)", 7, "seven"};
    co_await driver.async_execute(write, asio::use_awaitable);
    const Statement read{"SELECT name FROM coodie_driver_test.numbers WHERE id = ?", 7};
    const auto name = co_await driver.async_execute_one(read, asio::use_awaitable);
    co_return name.value().as<std::string>();
}

}

TEST_CASE_FIXTURE(Fixture, "init_coodie connects and becomes the default")
{
    CHECK(get_driver() == driver);
    const auto answer = execute_raw("SELECT release_version FROM system.local");
    REQUIRE(answer.size() == 1);
    CHECK(!answer.front()["release_version"].as<std::string>().empty());
}

TEST_CASE_FIXTURE(Fixture, "a keyspace is there after it was created, twice, and gone after it was dropped")
{
    create_keyspace(keyspace, {.replication_factor = 1});
    create_keyspace(keyspace);
    CHECK(keyspace_exists());
    CHECK_THROWS_AS(create_keyspace(keyspace, {.if_not_exists = false}), AlreadyExists);
    drop_keyspace(keyspace);
    CHECK_FALSE(keyspace_exists());
    drop_keyspace(keyspace);
    CHECK_THROWS_AS(drop_keyspace(keyspace, {.if_exists = false}), CoodieError);
}

TEST_CASE_FIXTURE(Fixture, "keyspaces by data centre, without a commit log")
{
    const auto datacenter =
        execute_raw("SELECT data_center FROM system.local").front()["data_center"].as<std::string>();
    const std::map<std::string, std::uint32_t> copies{{datacenter, 1}};
    create_keyspace(keyspace, {.datacenters = copies, .durable_writes = false});
    const auto made = execute_raw(
        "SELECT durable_writes, replication FROM system_schema.keyspaces WHERE keyspace_name = ?", keyspace);
    CHECK_FALSE(made.front()["durable_writes"].as<bool>());
    CHECK(made.front()["replication"].as<std::map<std::string, std::string>>().at(datacenter) == "1");
    drop_keyspace(keyspace);
}

TEST_CASE_FIXTURE(KeyspaceFixture, "values go to the server and come back")
{
    execute_raw("INSERT INTO coodie_driver_test.numbers (id, name) VALUES (?, ?)", 5, "five");
    const auto answer = execute_raw("SELECT * FROM coodie_driver_test.numbers WHERE id = ?", 5);
    CHECK(answer.front()["name"].as<std::string>() == "five");
    CHECK(driver->execute_one({"SELECT count(*) FROM coodie_driver_test.numbers"}) == Value{1});
}

TEST_CASE_FIXTURE(KeyspaceFixture, "a batch is written whole")
{
    Batch batch;
    batch.statements.emplace_back("INSERT INTO coodie_driver_test.numbers (id, name) VALUES (?, ?)", 1, "one");
    batch.statements.emplace_back("INSERT INTO coodie_driver_test.numbers (id, name) VALUES (?, ?)", 2, "two");
    driver->execute(batch);
    CHECK(execute_raw("SELECT * FROM coodie_driver_test.numbers").size() == 2);
}

TEST_CASE_FIXTURE(KeyspaceFixture, "sync_table makes a table once")
{
    const TableSchema users{.name = "users", .keyspace = keyspace, .columns = columns};
    const auto texts = driver->sync_table(users);
    CHECK(texts.size() == 2);
    CHECK(driver->sync_table(users) == texts);
    CHECK(execute_raw("SELECT * FROM coodie_driver_test.users WHERE email = ?", "x").empty());
    CHECK_THROWS_AS(driver->sync_table({.name = "users", .columns = columns}), InvalidQueryError);
}

TEST_CASE_FIXTURE(KeyspaceFixture, "futures")
{
    async_execute_raw({"INSERT INTO coodie_driver_test.numbers (id, name) VALUES (?, ?)", 3, "three"}, asio::use_future)
        .get();
    auto name =
        driver->async_execute_one({"SELECT name FROM coodie_driver_test.numbers WHERE id = 3"}, asio::use_future);
    CHECK(name.get() == Value{"three"});
    auto failed = async_execute_raw("SELECT nonsense", asio::use_future);
    CHECK_THROWS_AS(failed.get(), SyntaxError);
    async_drop_keyspace(keyspace, asio::use_future).get();
    CHECK_FALSE(keyspace_exists());
    async_create_keyspace(keyspace, asio::use_future).get();
    CHECK(keyspace_exists());
}

TEST_CASE_FIXTURE(KeyspaceFixture, "a coroutine on a context of the user's, the driver on the library's thread")
{
    asio::io_context io;
    auto name = asio::co_spawn(io, write_and_read(*driver), asio::use_future);
    io.run();
    CHECK(name.get() == "seven");
}

TEST_CASE_FIXTURE(KeyspaceFixture, "a driver on the user's context, without a thread of the library's")
{
    asio::io_context io;
    const InitOptions options{
        .hosts = hosts(), .keyspace = keyspace, .name = "mine", .make_default = false, .loops = {loop_of(io)}};
    std::string name;
    asio::co_spawn(
        io,
        [&]() -> asio::awaitable<void> {
            const auto mine = co_await async_init_coodie(options, asio::use_awaitable);
            name = co_await write_and_read(*mine);
            co_await mine->async_close(asio::use_awaitable);
        },
        [](std::exception_ptr error) {
            if (error)
                std::rethrow_exception(error);
        });
    io.run();
    unregister_driver("mine");
    CHECK(name == "seven");
}

TEST_CASE_FIXTURE(KeyspaceFixture, "blocking calls run the user's context themselves when nobody does")
{
    asio::io_context io;
    const auto mine = init_coodie(
        {.hosts = hosts(), .keyspace = keyspace, .name = "mine", .make_default = false, .loops = {loop_of(io)}});
    mine->execute({"INSERT INTO numbers (id, name) VALUES (?, ?)", 4, "four"});
    CHECK(mine->execute_one({"SELECT name FROM numbers WHERE id = 4"}) == Value{"four"});
    CHECK(mine->keyspace() == keyspace);
    mine->close();
    unregister_driver("mine");
}

TEST_CASE_FIXTURE(KeyspaceFixture, "a session of one's own stays open when its driver closes")
{
    auto session = Session::connect({.hosts = hosts()});
    const auto mine = init_coodie({.session = session, .keyspace = keyspace, .name = "mine", .make_default = false});
    CHECK(mine->keyspace() == keyspace);
    mine->execute({"INSERT INTO numbers (id) VALUES (?)", 1});
    mine->close();
    unregister_driver("mine");
    CHECK(session.execute({"SELECT id FROM numbers"}).size() == 1);
    CHECK_THROWS_AS(init_coodie({.hosts = hosts(), .session = session}), ConfigurationError);
    CHECK_THROWS_AS(init_coodie({.session = session, .keyspace = "other"}), ConfigurationError);
    CHECK_THROWS_AS(init_coodie({.session = session, .consistency = Consistency::one}), ConfigurationError);
    session.close();
}

TEST_CASE_FIXTURE(Fixture, "what cannot connect registers nothing")
{
    CHECK_THROWS_AS(init_coodie({.hosts = {"127.0.0.1:1"}, .name = "mine", .make_default = false}), NoHostAvailable);
    CHECK_THROWS_AS(
        init_coodie({.hosts = hosts(), .keyspace = "coodie_no_such_keyspace", .name = "mine", .make_default = false}),
        InvalidRequest);
    CHECK_THROWS_AS(get_driver("mine"), ConfigurationError);
}

TEST_CASE_FIXTURE(Fixture, "a closed driver refuses, at once and by its own error")
{
    driver->close();
    CHECK_THROWS_AS(driver->execute("SELECT release_version FROM system.local"), ConnectionLost);
}

TEST_CASE_FIXTURE(Fixture, "a blocking call inside a handler is refused, not a deadlock")
{
    std::promise<bool> refused;
    driver->async_execute("SELECT release_version FROM system.local", [&](std::exception_ptr, Rows) {
        try {
            driver->execute("SELECT release_version FROM system.local");
            refused.set_value(false);
        } catch (const CoodieError& error) {
            refused.set_value(error.error().code() == errc::would_deadlock);
        }
    });
    CHECK(refused.get_future().get());
}
