#include "hosts.hpp"

#include <coodie/exceptions.hpp>
#include <coodie/value.hpp>
#include <doctest/doctest.h>
#include <thread>

using namespace coodie;

namespace {

/// One keyspace for all tests of this program, made once.
Session& session()
{
    static Session shared = [] {
        auto s = Session::connect(options_for());
        s.execute("DROP KEYSPACE IF EXISTS session_test");
        s.execute(
            "CREATE KEYSPACE session_test WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}");
        s.set_keyspace("session_test");
        s.execute("CREATE TABLE people (id int PRIMARY KEY, name text, age bigint)");
        s.execute("CREATE TABLE numbers (part int, n int, PRIMARY KEY (part, n))");
        return s;
    }();
    return shared;
}

template <class Call> Error error_of(Call&& call)
{
    try {
        call();
    } catch (const CoodieError& thrown) {
        return thrown.error();
    }
    return {};
}

template <class Call> errc code_of(Call&& call)
{
    const auto error = error_of(call);
    return error ? error.code() : errc{};
}

}

TEST_CASE("what was written by a prepared statement is read back")
{
    session().execute({"INSERT INTO people (id, name, age) VALUES (?, ?, ?)", 1, std::string{"Ann"}, std::int64_t{31}});
    const auto rows = session().execute({"SELECT name, age FROM people WHERE id = ?", 1});
    REQUIRE(rows.size() == 1);
    CHECK(rows.front()["name"].as<std::string>() == "Ann");
    CHECK(rows.front()["age"].as<std::int64_t>() == 31);
    const auto all = session().execute("SELECT * FROM people WHERE id = 1");
    CHECK(all.front()["name"].as<std::string>() == "Ann");
}

TEST_CASE("a statement prepared by hand can be executed again and again")
{
    const auto insert = session().prepare("INSERT INTO people (id, name) VALUES (?, ?)");
    REQUIRE(insert.bind_columns().size() == 2);
    CHECK(insert.bind_columns()[1].name == "name");
    for (int n = 100; n < 200; ++n)
        session().execute(insert.bind(n, "person " + std::to_string(n)));
    const auto select = session().prepare("SELECT name FROM people WHERE id = ?");
    CHECK(session().execute(select.bind(142)).front()[0].as<std::string>() == "person 142");
    CHECK(session().execute(select.bind(99'999)).empty());
}

TEST_CASE("values whose types only the server knows are encoded after preparing")
{
    Statement insert{"INSERT INTO people (id, name, age) VALUES (?, ?, ?)"};
    insert.bind_values({Value{7}, Value{std::string{"Bo"}}, Value{5}});
    session().execute(insert);
    CHECK(session().execute({"SELECT age FROM people WHERE id = ?", 7}).front()[0].as<std::int64_t>() == 5);
}

TEST_CASE("pages follow each other by their state")
{
    const auto insert = session().prepare("INSERT INTO numbers (part, n) VALUES (1, ?)");
    for (int n = 0; n < 25; ++n)
        session().execute(insert.bind(n));
    Statement select{"SELECT n FROM numbers WHERE part = ?", 1};
    select.options().page_size = 10;
    std::vector<int> seen;
    std::vector<std::size_t> sizes;
    for (bool more = true; more;) {
        const auto page = session().execute(select);
        sizes.push_back(page.size());
        for (const auto row : page)
            seen.push_back(row[0].as<int>());
        more = page.has_more_pages();
        select.paging_state({page.paging_state().begin(), page.paging_state().end()});
    }
    CHECK(sizes == std::vector<std::size_t>{10, 10, 5});
    REQUIRE(seen.size() == 25);
    CHECK(seen.back() == 24);
}

TEST_CASE("a batch applies all of its statements")
{
    Batch batch;
    batch.statements.emplace_back("INSERT INTO people (id, name) VALUES (?, ?)", 501, std::string{"five-o-one"});
    batch.statements.emplace_back("INSERT INTO people (id, name) VALUES (?, ?)", 502, std::string{"five-o-two"});
    batch.statements.emplace_back("UPDATE people SET age = 3 WHERE id = 501");
    session().execute(std::move(batch));
    CHECK(session().execute({"SELECT age FROM people WHERE id = ?", 501}).front()[0].as<std::int64_t>() == 3);
    CHECK(session().execute({"SELECT name FROM people WHERE id = ?", 502}).front()[0].as<std::string>() ==
          "five-o-two");
}

TEST_CASE("every error of the server is its own")
{
    struct Example
    {
        const char* name;
        const char* cql;
        errc code;
    };
    const Example examples[]{
        {"no CQL", "SELEKT 1", errc::syntax_error},
        {"no such table", "SELECT * FROM nowhere", errc::invalid_request},
        {"no such column", "SELECT nothing FROM people", errc::invalid_request},
        {"a table that exists", "CREATE TABLE people (id int PRIMARY KEY)", errc::already_exists},
    };
    for (const auto& example : examples) {
        CAPTURE(example.name);
        CHECK(code_of([&] { session().execute(example.cql); }) == example.code);
        CHECK(code_of([&] { session().prepare(example.cql); }) ==
              (example.code == errc::already_exists ? errc{} : example.code));
    }
}

TEST_CASE("a value of the wrong type is refused before it is sent, naming column and types")
{
    const auto error =
        error_of([] { session().execute({"INSERT INTO people (id, name) VALUES (?, ?)", 1, std::int64_t{3}}); });
    CHECK(error.code() == errc::bad_value);
    CHECK(error.message().find("'name'") != std::string::npos);
    CHECK(error.message().find("text") != std::string::npos);
    CHECK(error.message().find("bigint") != std::string::npos);
    CHECK(code_of([] { session().execute({"INSERT INTO people (id, name) VALUES (?, ?)", 1}); }) ==
          errc::invalid_query);
}

TEST_CASE("a keyspace that is not there is its own error, when connecting and later")
{
    CHECK(code_of([] { Session::connect(options_for("no_such_keyspace")); }) == errc::invalid_request);
    CHECK(code_of([] { session().set_keyspace("no_such_keyspace"); }) == errc::invalid_request);
    CHECK(session().keyspace() == "session_test");
}

TEST_CASE("compressed answers and requests say the same")
{
    for (const auto compression : {Compression::lz4, Compression::snappy}) {
        auto options = options_for("session_test");
        options.compression = compression;
        session();
        auto compressed = Session::connect(options);
        const std::string name(5000, 'x');
        compressed.execute({"INSERT INTO people (id, name) VALUES (?, ?)", 900, name});
        CHECK(compressed.execute({"SELECT name FROM people WHERE id = ?", 900}).front()[0].as<std::string>() == name);
    }
}

TEST_CASE("cpp-49, sc-36: a table that changes is read by its new columns")
{
    session().execute("CREATE TABLE changing (id int PRIMARY KEY, a int)");
    session().execute({"INSERT INTO changing (id, a) VALUES (?, ?)", 1, 10});
    const auto select = session().prepare("SELECT * FROM changing WHERE id = ?");
    CHECK(session().execute(select.bind(1)).metadata().columns.size() == 2);
    session().execute("ALTER TABLE changing ADD b int");
    session().execute("UPDATE changing SET b = 20 WHERE id = 1");
    const auto rows = session().execute(select.bind(1));
    REQUIRE(rows.metadata().columns.size() == 3);
    CHECK(rows.front()["b"].as<int>() == 20);
}

TEST_CASE("many threads share a session of two loops")
{
    auto options = options_for("session_test");
    options.threads = 2;
    session();
    auto shared = Session::connect(options);
    std::atomic<int> right{0};
    std::vector<std::thread> threads;
    for (int t = 0; t < 8; ++t)
        threads.emplace_back([&, t] {
            for (int n = 0; n < 50; ++n) {
                const int id = 10'000 + t * 100 + n;
                shared.execute({"INSERT INTO people (id, name) VALUES (?, ?)", id, std::to_string(id)});
                const auto rows = shared.execute({"SELECT name FROM people WHERE id = ?", id});
                right += rows.size() == 1 && rows.front()[0].as<std::string>() == std::to_string(id);
            }
        });
    for (auto& thread : threads)
        thread.join();
    CHECK(right == 400);
}

TEST_CASE("a request may ask to be traced, and for a page size and a consistency of its own")
{
    Statement select{"SELECT name FROM people WHERE id = ?", 1};
    select.options() = {.consistency = Consistency::one, .tracing = true};
    const auto rows = session().execute(select);
    REQUIRE(rows.extras());
    CHECK(rows.extras()->tracing_id.has_value());
}

TEST_CASE("a lightweight transaction says whether it was applied")
{
    session().execute("DELETE FROM people WHERE id = 77");
    const Statement insert{"INSERT INTO people (id, name) VALUES (?, ?) IF NOT EXISTS", 77, std::string{"x"}};
    CHECK(session().execute(insert).front()["[applied]"].as<bool>());
    CHECK_FALSE(session().execute(insert).front()["[applied]"].as<bool>());
}
