#include "prepared_statements.hpp"

#include <asio/use_future.hpp>

// Statements that hosts forget, and that change.

namespace {

/// The prepared id that an EXECUTE carries: [short bytes] at the beginning.
std::vector<std::byte> id_in(const RecordedRequest& execute)
{
    const auto size = std::to_integer<std::ptrdiff_t>(execute.body[1]);
    return {execute.body.begin() + 2, execute.body.begin() + 2 + size};
}

Answer unprepared(std::vector<std::byte> id)
{
    return error(errc::unprepared, "what is that?", UnpreparedFields{std::move(id)});
}

}

TEST_CASE("cpp-45, sc-31: a statement that a host has forgotten is prepared there again, and nobody notices")
{
    FakeCluster cluster{{.nodes = 1}};
    cluster.prime(name_of_user());
    auto session = Session::connect(options_for(cluster));
    const auto statement = session.prepare(select_name);
    cluster.forget_prepared(0);
    cluster.forget_requests();
    CHECK(name_in(session.execute(statement.bind(1))) == "Ann");
    CHECK(executions(cluster, 0) == 2);
    const auto seen = cluster.recorded(requests().on_data());
    REQUIRE(seen.size() == 3);
    CHECK(seen[1].opcode == Opcode::prepare);
    CHECK(seen[1].connection == seen[0].connection);
    CHECK(seen[2].connection == seen[0].connection);
}

TEST_CASE("sc-32: a statement that is forgotten for ever is an error after one PREPARE")
{
    FakeCluster cluster{{.nodes = 1}};
    cluster.prime(name_of_user());
    auto session = Session::connect(options_for(cluster));
    const auto statement = session.prepare(select_name);
    cluster.forget_requests();
    cluster.on(Opcode::execute).reply([](const RecordedRequest& request) { return unprepared(id_in(request)); });
    CHECK(code_of([&] { session.execute(statement.bind(1)); }) == errc::unprepared);
    CHECK(prepares(cluster, 0) == 1);
}

TEST_CASE("cpp-46, sc-33: another id for the same text is refused, and nothing is executed by it")
{
    FakeCluster cluster{{.nodes = 1}};
    cluster.prime(name_of_user());
    auto session = Session::connect(options_for(cluster));
    const auto statement = session.prepare(select_name);
    cluster.forget_prepared(0);
    cluster.forget_requests();
    cluster.on(Opcode::prepare)
        .times(1)
        .reply(prepared({std::byte{9}, std::byte{9}}, {column("id", "int", "ks", "users")}));
    const auto refused = error_of([&] { session.execute(statement.bind(1)); });
    REQUIRE(refused);
    CHECK(refused.code() == errc::invalid_query);
    CHECK(refused.message().find("prepare it again") != std::string::npos);
    CHECK(executions(cluster, 0) == 1);
    CHECK(name_in(session.execute(session.prepare(select_name).bind(1))) == "Ann");
}

TEST_CASE("sc-34: of a batch only the statement that a host has forgotten is prepared again")
{
    FakeCluster cluster{{.nodes = 1}};
    auto session = Session::connect(options_for(cluster));
    Batch batch;
    for (const auto* text : {"INSERT one ?", "INSERT two ?", "INSERT three ?"}) {
        cluster.prime(primed(text).binding({column("id", "int")}));
        batch.statements.push_back(session.prepare(text).bind(1));
    }
    session.execute(batch.statements[1]);
    const auto second = id_in(cluster.recorded(requests(Opcode::execute)).front());
    cluster.forget_requests();
    cluster.on(Opcode::batch).times(1).reply(unprepared(second));
    CHECK_NOTHROW(session.execute(batch));
    CHECK(cluster.count(requests(Opcode::batch)) == 2);
    CHECK(cluster.count(requests(Opcode::prepare)) == 1);
    CHECK(prepares(cluster, 0, "INSERT two ?") == 1);
}

TEST_CASE("cpp-39: prepared and simple statements, and those with values, travel in one batch")
{
    FakeCluster cluster{{.nodes = 2}};
    cluster.prime(primed("INSERT one ?").binding({column("id", "int")}));
    cluster.prime(primed("INSERT two ?").binding({column("id", "int")}));
    auto session = Session::connect(options_for(cluster));
    Batch batch{.type = BatchType::unlogged};
    batch.statements.push_back(session.prepare("INSERT one ?").bind(7));
    batch.statements.emplace_back("INSERT plain");
    batch.statements.emplace_back("INSERT two ?", 8);
    session.execute(batch);
    auto seen = cluster.recorded(requests(Opcode::batch));
    REQUIRE(seen.size() == 1);
    CHECK(seen[0].cql == std::vector<std::string>{"INSERT one ?", "INSERT plain", "INSERT two ?"});
    CHECK(seen[0].values.count() == 2);
    CHECK(seen[0].body[0] == std::byte{1});
    batch.type = BatchType::counter;
    session.execute(batch);
    seen = cluster.recorded(requests(Opcode::batch));
    REQUIRE(seen.size() == 2);
    CHECK(seen[1].body[0] == std::byte{2});
}

TEST_CASE("cpp-49, sc-36: after ALTER TABLE the rows of a statement prepared before are decoded as they are now")
{
    for (const auto threads : {1U, 2U}) {
        CAPTURE(threads);
        FakeCluster cluster{{.nodes = 2}};
        cluster.prime("SELECT * FROM ks.users", rows({"id", "name"}, row(1, "Ann")));
        cluster.prime(name_of_user());
        auto options = options_for(cluster);
        options.threads = threads;
        auto session = Session::connect(options);
        const auto all = session.prepare("SELECT * FROM ks.users");
        const auto one = session.prepare(select_name);
        CHECK(name_in(session.execute(all.bind())) == "Ann");
        // ADD: what * means is another thing now, and no server says so.
        cluster.prime("SELECT * FROM ks.users", rows({"id", "age", "name"}, row(1, 42, "Ann")));
        for (int n = 0; n < 8; ++n) {
            const auto found = session.execute(all.bind());
            CHECK(found.metadata().columns.size() == 3);
            CHECK(name_in(found) == "Ann");
        }
        // DROP and ADD: another type under the same name; the servers forget the statement.
        cluster.prime(
            primed(select_name).binding({column("id", "int", "ks", "users")}).answered(rows({"name"}, row(7))));
        cluster.forget_prepared(0);
        cluster.forget_prepared(1);
        for (int n = 0; n < 8; ++n)
            on_a_thread([&] {
                CHECK(session.execute(one.bind(1)).front()["name"].as<int>() == 7);
                CHECK(session.execute({select_name, 1}).front()["name"].as<int>() == 7);
            });
        CHECK(session.prepare(select_name).result_metadata().columns[0].type == DataType{TypeId::int_});
    }
}

TEST_CASE("sc-39: statements are forgotten and prepared again while others are executed")
{
    FakeCluster cluster{{.nodes = 2}};
    std::vector<std::string> texts;
    for (int n = 0; n < 9; ++n) {
        texts.push_back("SELECT " + std::to_string(n) + " WHERE id = ?");
        cluster.prime(primed(texts.back()).binding({column("id", "int")}).answered(rows({"n"}, row(n))));
    }
    auto options = options_for(cluster);
    options.threads = 2;
    options.prepared_cache_capacity = 2;
    auto session = Session::connect(options);
    std::atomic<int> right{0};
    std::vector<std::thread> threads;
    for (int thread = 0; thread < 4; ++thread)
        threads.emplace_back([&, thread] {
            std::vector<std::future<Rows>> futures;
            for (int n = 0; n < 180; ++n)
                futures.push_back(session.async_execute(
                    Statement{texts[static_cast<std::size_t>(n + thread) % texts.size()], 1}, asio::use_future));
            for (int n = 0; n < 180; ++n)
                right += futures[static_cast<std::size_t>(n)].get().front()["n"].as<int>() == (n + thread) % 9 ? 1 : 0;
        });
    for (auto& thread : threads)
        thread.join();
    CHECK(right == 4 * 180);
}

TEST_CASE("the statement that was not used for longest is forgotten first, and prepared again when it is used")
{
    FakeCluster cluster{{.nodes = 1}};
    for (const auto* text : {"A ?", "B ?", "C ?"})
        cluster.prime(primed(text).binding({column("id", "int")}));
    auto options = options_for(cluster);
    options.prepared_cache_capacity = 2;
    auto session = Session::connect(options);
    for (const auto* text : {"A ?", "B ?", "A ?", "C ?", "A ?", "B ?"})
        session.execute({text, 1});
    CHECK(prepares(cluster, 0, "A ?") == 1);
    CHECK(prepares(cluster, 0, "B ?") == 2);
    CHECK(prepares(cluster, 0, "C ?") == 1);
}

TEST_CASE("what several hosts have forgotten is prepared again on each that is asked")
{
    FakeCluster cluster{{.nodes = 2}};
    cluster.prime(name_of_user());
    auto session = Session::connect(options_for(cluster));
    session.prepare(select_name);
    REQUIRE(is_prepared_on(cluster, {0, 1}));
    REQUIRE(execute_everywhere(session, cluster, {0, 1}) == 0);
    for (const std::size_t node : {0U, 1U})
        cluster.forget_prepared(node);
    cluster.forget_requests();
    cluster.on(Opcode::execute).nth(2).reply(error(errc::server_overloaded, "busy"));
    CHECK(name_in(session.execute(select_one())) == "Ann");
    for (const std::size_t node : {0U, 1U}) {
        CHECK(executions(cluster, node) == 2);
        CHECK(prepares(cluster, node) == 1);
    }
}

TEST_CASE("who finds a host busy once it knows the statement again may find that the next one has forgotten it too")
{
    FakeCluster cluster{{.nodes = 2}};
    cluster.prime(name_of_user());
    auto options = options_for(cluster);
    options.max_in_flight = 2;
    auto session = Session::connect(options);
    const auto statement = session.prepare(select_name);
    REQUIRE(is_prepared_on(cluster, {0, 1}));
    REQUIRE(execute_everywhere(session, cluster, {0, 1}) == 0);
    for (const std::size_t node : {0U, 1U})
        cluster.forget_prepared(node);
    cluster.forget_requests();
    cluster.on(Opcode::prepare).at(0).after(300ms);
    cluster.on(Opcode::prepare).at(1).after(900ms);
    std::vector<std::future<Rows>> futures;
    while (futures.size() != 12) {
        futures.push_back(session.async_execute(statement.bind(1), asio::use_future));
        REQUIRE(becomes_true([&] { return cluster.count(requests(Opcode::execute)) >= futures.size(); }));
    }
    for (auto& future : futures)
        CHECK(code_of([&] { future.get(); }) == errc{});
}
