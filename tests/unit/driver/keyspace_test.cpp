#include <asio/io_context.hpp>
#include <asio/use_future.hpp>
#include <coodie/async.hpp>
#include <coodie/exceptions.hpp>
#include <coodie/testing/mock_driver.hpp>
#include <doctest/doctest.h>
#include <map>

using namespace coodie;
using namespace coodie::testing;

namespace {

/// A mock that is the default driver for one test.
struct DefaultMock
{
    std::shared_ptr<MockDriver> driver = std::make_shared<MockDriver>();

    DefaultMock() { register_driver("mock", driver, true); }
    ~DefaultMock() { unregister_driver("mock"); }
};

std::string text_of(std::string_view keyspace, const KeyspaceOptions& options)
{
    return std::string{detail::create_keyspace_statement(keyspace, options).text()};
}

}

TEST_CASE("a keyspace is written as its options say")
{
    struct Example
    {
        const char* name;
        KeyspaceOptions options;
        const char* text;
    };
    const std::map<std::string, std::uint32_t> copies{{"dc1", 3}, {"dc2", 2}};
    const Example examples[] = {
        {"nothing said",
         {},
         "CREATE KEYSPACE IF NOT EXISTS ks WITH replication = {'class': 'SimpleStrategy', 'replication_factor': '1'}"},
        {"three copies",
         {.replication_factor = 3},
         "CREATE KEYSPACE IF NOT EXISTS ks WITH replication = {'class': 'SimpleStrategy', 'replication_factor': '3'}"},
        {"a strategy",
         {.replication_factor = 3, .strategy = "NetworkTopologyStrategy"},
         "CREATE KEYSPACE IF NOT EXISTS ks WITH replication = {'class': 'NetworkTopologyStrategy', "
         "'replication_factor': '3'}"},
        {"data centres",
         {.datacenters = {{"dc1", 3}, {"dc2", 2}}},
         "CREATE KEYSPACE IF NOT EXISTS ks WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': '3', 'dc2': "
         "'2'}"},
        {"data centres from a map",
         {.datacenters = copies},
         "CREATE KEYSPACE IF NOT EXISTS ks WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': '3', 'dc2': "
         "'2'}"},
        {"no commit log, and new",
         {.durable_writes = false, .if_not_exists = false},
         "CREATE KEYSPACE ks WITH replication = {'class': 'SimpleStrategy', 'replication_factor': '1'} AND "
         "durable_writes = false"},
    };
    for (const auto& example : examples) {
        CAPTURE(example.name);
        CHECK(text_of("ks", example.options) == example.text);
    }
}

TEST_CASE("options of a keyspace that contradict each other are refused")
{
    CHECK_THROWS_AS(text_of("ks", {.replication_factor = 3, .datacenters = {{"dc1", 3}}}), InvalidQueryError);
    CHECK_THROWS_AS(text_of("ks", {.strategy = "SimpleStrategy", .datacenters = {{"dc1", 3}}}), InvalidQueryError);
    CHECK_THROWS_AS(text_of("ks", {.datacenters = std::map<std::string, std::uint32_t>{}}), InvalidQueryError);
    CHECK_THROWS_AS(text_of("", {}), InvalidQueryError);
}

TEST_CASE_FIXTURE(DefaultMock, "keyspaces are created and dropped on the default driver")
{
    create_keyspace("ks");
    drop_keyspace("ks");
    drop_keyspace("ks", {.if_exists = false});
    CHECK(driver->texts()[0].find("CREATE KEYSPACE IF NOT EXISTS ks ") == 0);
    CHECK(driver->texts()[1] == "DROP KEYSPACE IF EXISTS ks");
    CHECK(driver->texts()[2] == "DROP KEYSPACE ks");
}

TEST_CASE_FIXTURE(DefaultMock, "a name that is no plain one is quoted and cannot inject")
{
    drop_keyspace("a\"; drop");
    CHECK(driver->texts().front() == "DROP KEYSPACE IF EXISTS \"a\"\"; drop\"");
}

TEST_CASE_FIXTURE(DefaultMock, "raw CQL runs with its values")
{
    driver->answer(rows({"n"}, row(3)));
    CHECK(execute_raw("SELECT n FROM t WHERE id = ?", 5).front()["n"].as<int>() == 3);
    CHECK(driver->last_request().values() == std::vector<Value>{5});
    execute_raw(Statement{"SELECT 1"});
    CHECK(driver->last_request().text() == "SELECT 1");
}

TEST_CASE_FIXTURE(DefaultMock, "the same with completion tokens")
{
    driver->answer({}).answer({}).answer(rows({"n"}, row(3)));
    const KeyspaceOptions options{.replication_factor = 2};
    async_create_keyspace("ks", options, asio::use_future).get();
    async_drop_keyspace("ks", asio::use_future).get();
    const auto answer = async_execute_raw({"SELECT n FROM t WHERE id = ?", 5}, asio::use_future).get();
    CHECK(answer.front()["n"].as<int>() == 3);
    CHECK(driver->texts()[0].find("'replication_factor': '2'") != std::string::npos);
    CHECK(driver->texts()[1] == "DROP KEYSPACE IF EXISTS ks");
}

TEST_CASE_FIXTURE(DefaultMock, "what is wrong with an asynchronous operation goes to its handler")
{
    const KeyspaceOptions contradictory{.replication_factor = 3, .datacenters = {{"dc1", 3}}};
    CHECK_THROWS_AS(async_create_keyspace("ks", contradictory, asio::use_future).get(), InvalidQueryError);
    const DropKeyspaceOptions elsewhere{.driver = "nowhere"};
    CHECK_THROWS_AS(async_drop_keyspace("ks", elsewhere, asio::use_future).get(), ConfigurationError);
    unregister_driver("mock");
    CHECK_THROWS_AS(async_execute_raw("SELECT 1", asio::use_future).get(), ConfigurationError);
    CHECK(driver->requests().empty());
}
