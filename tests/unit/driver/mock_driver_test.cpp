#include <coodie/exceptions.hpp>
#include <coodie/mapping/table_schema.hpp>
#include <coodie/testing/mock_driver.hpp>
#include <doctest/doctest.h>

using namespace coodie;
using namespace coodie::testing;

TEST_CASE("rows are made as they read")
{
    const auto made = rows({"id", "name"}, row(1, "a"), row(2, std::optional<std::string>{}));
    REQUIRE(made.size() == 2);
    CHECK(made[0]["id"].as<int>() == 1);
    CHECK(made[0]["name"].as<std::string>() == "a");
    CHECK(made[1]["name"].is_null());
    CHECK(made.metadata().columns[1].type.to_string() == "text");
}

TEST_CASE("no rows still have columns")
{
    const auto made = no_rows<std::int64_t, std::string>({"n", "s"});
    CHECK(made.empty());
    CHECK(made.metadata().columns.size() == 2);
    CHECK(made.metadata().columns[0].type.to_string() == "bigint");
}

TEST_CASE("rows of different shapes are refused")
{
    CHECK_THROWS_AS(rows({"a"}, row(1, 2)), InvalidQueryError);
    CHECK_THROWS_AS(rows({"a"}, row(1), row("x")), InvalidQueryError);
    CHECK_THROWS_AS(rows({"a"}, row(1), row(1, 2)), InvalidQueryError);
}

TEST_CASE("a page knows that there are more")
{
    const auto first = page(rows({"a"}, row(1)), {std::byte{9}});
    CHECK(first.has_more_pages());
    CHECK(first.paging_state().size() == 1);
    CHECK(first.front()["a"].as<int>() == 1);
}

TEST_CASE("a mock keeps what it was asked, decoded")
{
    MockDriver driver;
    Statement statement{"INSERT INTO t (a, b, c) VALUES (?, ?, ?)", 5, "x", unset};
    statement.options().consistency = Consistency::quorum;
    driver.execute(statement);
    const auto request = driver.last_request();
    CHECK(request.text() == "INSERT INTO t (a, b, c) VALUES (?, ?, ?)");
    CHECK(request.values() == std::vector<Value>{5, "x", unset});
    CHECK(request.options.consistency == Consistency::quorum);
    CHECK_FALSE(request.batch);
}

TEST_CASE("a mock keeps a batch as one request")
{
    MockDriver driver;
    Batch batch;
    batch.type = BatchType::unlogged;
    batch.statements.emplace_back("one", 1);
    batch.statements.emplace_back("two", 2);
    driver.execute(batch);
    const auto request = driver.last_request();
    CHECK(request.batch == BatchType::unlogged);
    CHECK(request.values(1) == std::vector<Value>{2});
    CHECK(driver.texts() == std::vector<std::string>{"one", "two"});
    driver.forget_requests();
    CHECK_THROWS_AS(driver.last_request(), InvalidQueryError);
}

TEST_CASE("a mock answers in order, then with no rows")
{
    MockDriver driver;
    driver.answer(rows({"a"}, row(1))).fail(errc::already_exists, "there");
    CHECK(driver.execute("x").size() == 1);
    CHECK_THROWS_AS(driver.execute("x"), AlreadyExists);
    CHECK(driver.execute("x").empty());
}

TEST_CASE("a closed mock refuses")
{
    MockDriver driver;
    driver.close();
    CHECK(driver.is_closed());
    CHECK_THROWS_AS(driver.execute("x"), ConnectionLost);
}

TEST_CASE("execute_one gives the first column of the first row")
{
    MockDriver driver;
    driver.answer(rows({"n", "m"}, row(3, 4), row(5, 6))).answer(rows({"n"}, row(std::optional<int>{})));
    CHECK(driver.execute_one("x") == Value{3});
    CHECK(driver.execute_one("null") == std::nullopt);
    CHECK(driver.execute_one("no row") == std::nullopt);
}

namespace {

const Column columns[] = {{.name = "id", .type = &Codec<int>::type, .kind = ColumnKind::partition_key},
                          {.name = "email", .type = &Codec<std::string>::type, .indexed = true}};

}

TEST_CASE("a table is made in the driver's keyspace, its index after it")
{
    MockDriver driver{"ks"};
    const TableSchema users{.name = "users", .columns = columns};
    const auto texts = driver.sync_table(users);
    REQUIRE(texts.size() == 2);
    CHECK(texts[0].find("CREATE TABLE IF NOT EXISTS ks.users") == 0);
    CHECK(texts[1].find("CREATE INDEX IF NOT EXISTS") == 0);
    CHECK(driver.texts() == texts);
}

TEST_CASE("a keyspace whose name has capitals gets its tables in itself")
{
    const TableSchema users{.name = "users", .columns = columns};
    MockDriver driver{"MyKs"};
    CHECK(driver.sync_table(users, {.dry_run = true}).front().find("CREATE TABLE IF NOT EXISTS \"MyKs\".users") == 0);
    MockDriver quoting{"\"x\""};
    CHECK(quoting.sync_table(users, {.dry_run = true}).front().find("EXISTS \"\"\"x\"\"\".users") != std::string::npos);
}

TEST_CASE("a table's own keyspace wins")
{
    MockDriver driver{"ks"};
    const TableSchema users{.name = "users", .keyspace = "other", .columns = columns};
    CHECK(driver.sync_table(users).front().find("CREATE TABLE IF NOT EXISTS other.users") == 0);
}

TEST_CASE("a dry run plans and sends nothing")
{
    MockDriver driver{"ks"};
    const TableSchema users{.name = "users", .columns = columns};
    CHECK(driver.sync_table(users, {.dry_run = true}).size() == 2);
    CHECK(driver.requests().empty());
}

TEST_CASE("a table without any keyspace is refused before anything is sent")
{
    MockDriver driver{""};
    const TableSchema users{.name = "users", .columns = columns};
    CHECK_THROWS_AS(driver.sync_table(users), InvalidQueryError);
    CHECK(driver.requests().empty());
}

TEST_CASE("an error ends sync_table with it")
{
    MockDriver driver{"ks"};
    driver.fail(errc::unauthorized, "no CREATE permission");
    const TableSchema users{.name = "users", .columns = columns};
    CHECK_THROWS_AS(driver.sync_table(users), Unauthorized);
    CHECK(driver.requests().size() == 1);
}
