#include "prepared_statements.hpp"
#include "schemas.hpp"

#include <asio/io_context.hpp>
#include <asio/post.hpp>
#include <asio/use_future.hpp>

// Statements on hosts that nobody has sent them to.

TEST_CASE("cpp-47: a statement is prepared once on every host, and no host asks for it again")
{
    for (const auto threads : {1U, 3U}) {
        CAPTURE(threads);
        FakeCluster cluster{{.nodes = 3}};
        cluster.prime(name_of_user());
        auto options = options_for(cluster);
        options.threads = threads;
        auto session = Session::connect(options);
        const auto statement = session.prepare(select_name);
        REQUIRE(is_prepared_on(cluster, {0, 1, 2}));
        CHECK(execute_everywhere(session, cluster, {0, 1, 2}) == 0);
        CHECK(cluster.count(requests(Opcode::prepare)) == 3);
        CHECK(session.metrics().prepares + session.metrics().reprepares == 3);
        CHECK(name_in(session.execute(statement.bind(1))) == "Ann");
    }
}

TEST_CASE("cpp-47: a host that refuses keeps nobody from preparing, and is told when it is asked")
{
    FakeCluster cluster{{.nodes = 3}};
    cluster.prime(name_of_user());
    auto session = Session::connect(options_for(cluster));
    REQUIRE(becomes_true([&] { return cluster.connections() == 4; }));
    cluster.on(Opcode::prepare).nth(2).reply(error(errc::server_overloaded, "not now"));
    session.prepare(select_name);
    REQUIRE(is_prepared_on(cluster, {0, 1, 2}));
    CHECK(execute_everywhere(session, cluster, {0, 1, 2}) == 1);
    CHECK(cluster.count(requests(Opcode::prepare)) == 4);
}

TEST_CASE("cpp-47: hosts that are out, and that do not answer, keep nobody from preparing")
{
    FakeCluster cluster{{.nodes = 4}};
    cluster.prime(name_of_user());
    auto session = Session::connect(options_for(cluster));
    REQUIRE(becomes_true([&] { return cluster.connections() == 5; }));
    cluster.stop(3);
    REQUIRE(becomes_true([&] { return !session.hosts()[3]->is_up(); }));
    cluster.on(Opcode::prepare).nth(2).drop();
    session.prepare(select_name);
    CHECK(is_prepared_on(cluster, {0, 1, 2}));
    session.close();
}

TEST_CASE("a statement is prepared on other hosts when it is first executed there, if that is what the options say")
{
    FakeCluster cluster{{.nodes = 2}};
    cluster.prime(name_of_user());
    auto options = options_for(cluster);
    options.prepare_on_all_hosts = false;
    auto session = Session::connect(options);
    REQUIRE(becomes_true([&] { return cluster.connections(0) >= 2 && cluster.connections(1) != 0; }));
    session.prepare(select_name);
    CHECK(prepares(cluster, 0) + prepares(cluster, 1) == 1);
    cluster.forget_requests();
    for (int n = 0; n < 10; ++n)
        CHECK(name_in(session.execute(select_one())) == "Ann");
    CHECK(executions(cluster, 0) != 0);
    CHECK(executions(cluster, 1) != 0);
    CHECK(prepares(cluster, 0) + prepares(cluster, 1) == 1);
}

TEST_CASE("sc-35: of a thousand that prepare one text at once, on several loops, one does, once on each host")
{
    FakeCluster cluster{{.nodes = 3}};
    cluster.prime(name_of_user());
    auto options = options_for(cluster);
    options.threads = 2;
    auto session = Session::connect(options);
    REQUIRE(becomes_true([&] { return cluster.connections() >= 7; }));
    std::vector<std::thread> threads;
    std::atomic<int> prepared{0};
    for (int thread = 0; thread < 4; ++thread)
        threads.emplace_back([&] {
            std::vector<std::future<PreparedStatement>> futures;
            for (int n = 0; n < 250; ++n)
                futures.push_back(session.async_prepare(select_name, asio::use_future));
            for (auto& future : futures)
                prepared += future.get().bind_columns().size() == 1 ? 1 : 0;
        });
    for (auto& thread : threads)
        thread.join();
    CHECK(prepared == 1000);
    REQUIRE(is_prepared_on(cluster, {0, 1, 2}));
    CHECK(execute_everywhere(session, cluster, {0, 1, 2}) == 0);
    for (std::size_t node = 0; node != 3; ++node)
        CHECK(prepares(cluster, node) == 1);
}

TEST_CASE("who waits for another loop's PREPARE asks for itself when that fails")
{
    FakeCluster cluster{{.nodes = 1}};
    auto options = options_for(cluster);
    options.threads = 2;
    auto session = Session::connect(options);
    cluster.on(Opcode::prepare).reply(error(errc::syntax_error, "no such word")).after(20ms);
    std::vector<std::thread> threads;
    std::atomic<int> refused{0};
    for (int thread = 0; thread < 4; ++thread)
        threads.emplace_back([&] {
            for (int n = 0; n < 5; ++n)
                refused += code_of([&] { session.prepare("SELEKT"); }) == errc::syntax_error ? 1 : 0;
        });
    for (auto& thread : threads)
        thread.join();
    CHECK(refused == 20);
}

TEST_CASE("cpp-48: a host that comes back, or is added, knows all statements before it is asked")
{
    for (const auto threads : {1U, 3U}) {
        CAPTURE(threads);
        FakeCluster cluster{{.nodes = 2}};
        cluster.prime(name_of_user());
        auto options = options_for(cluster);
        options.threads = threads;
        auto session = Session::connect(options);
        std::vector<std::string> texts{select_name};
        for (int n = 0; n < 50; ++n)
            texts.push_back("SELECT " + std::to_string(n) + " FROM ks.users");
        for (const auto& text : texts)
            session.prepare(text);
        REQUIRE(becomes_true([&] { return cluster.count(requests(Opcode::prepare)) == 2 * texts.size(); }));
        const auto before = session.metrics().reprepares;
        cluster.forget_requests();
        cluster.restart(1);
        CHECK(execute_everywhere(session, cluster, {0, 1}) == 0);
        for (const auto& text : texts)
            CHECK(prepares(cluster, 1, text) == 1);
        CHECK(session.metrics().reprepares - before == texts.size());
        cluster.forget_requests();
        const auto added = cluster.add_node({});
        cluster.push_topology("NEW_NODE", added);
        CHECK(execute_everywhere(session, cluster, {0, 1, added}) == 0);
        for (const auto& text : texts)
            CHECK(prepares(cluster, added, text) == 1);
        CHECK(session.metrics().reprepares - before == 2 * texts.size());
        CHECK(prepares(cluster, 0) + prepares(cluster, 1) == 0);
    }
}

TEST_CASE("cpp-48: a host that does not answer what it is told is used all the same, soon")
{
    FakeCluster cluster{{.nodes = 1}};
    cluster.prime(name_of_user());
    auto session = Session::connect(options_for(cluster));
    session.prepare(select_name);
    session.prepare("SELECT other");
    cluster.on(Opcode::prepare).containing("other").drop();
    cluster.restart(0);
    const auto start = std::chrono::steady_clock::now();
    CHECK(name_in(session.execute(select_one())) == "Ann");
    CHECK(std::chrono::steady_clock::now() - start < 5s);
    session.close();
}

TEST_CASE("a host that comes back hears of statements when they are first executed there, if the options say so")
{
    FakeCluster cluster{{.nodes = 1}};
    cluster.prime(name_of_user());
    auto options = options_for(cluster);
    options.prepare_on_up = false;
    auto session = Session::connect(options);
    session.prepare(select_name);
    session.prepare("SELECT other");
    cluster.forget_requests();
    cluster.restart(0);
    CHECK(execute_everywhere(session, cluster, {0}) == 1);
    CHECK(prepares(cluster, 0) == 1);
}

TEST_CASE("a host that is lost again while it is told of statements is told anew, and a session closes meanwhile")
{
    for (const bool closes : {false, true}) {
        CAPTURE(closes);
        FakeCluster cluster{{.nodes = 1}};
        cluster.prime(name_of_user());
        auto options = options_for(cluster);
        options.threads = 2;
        auto session = Session::connect(options);
        session.prepare(select_name);
        cluster.on(Opcode::prepare).named("slow").drop();
        cluster.forget_requests();
        cluster.restart(0);
        REQUIRE(is_prepared_on(cluster, {0}));
        if (closes) {
            session.close();
            continue;
        }
        cluster.remove_rules("slow");
        cluster.restart(0);
        CHECK(execute_everywhere(session, cluster, {0}) == 0);
        CHECK(prepares(cluster, 0) == 2);
    }
}

TEST_CASE(
    "cpp-48: a host that comes back is in the session's keyspace, whatever its case, before it is told of statements")
{
    FakeCluster cluster{{.nodes = 1, .schema = users_in("Case \"Sensitive\"", 1)}};
    cluster.prime(name_of_user());
    auto options = options_for(cluster);
    options.keyspace = "Case \"Sensitive\"";
    auto session = Session::connect(options);
    session.prepare(select_name);
    cluster.forget_requests();
    cluster.restart(0);
    CHECK(execute_everywhere(session, cluster, {0}) == 0);
    const auto seen = cluster.recorded(requests(Opcode::prepare));
    REQUIRE(seen.size() == 1);
    CHECK(seen[0].keyspace == options.keyspace);
}

TEST_CASE("a loop that is held up keeps no other one from preparing")
{
    FakeCluster cluster{{.nodes = 1}};
    asio::io_context held, free;
    std::vector<std::thread> threads;
    for (auto* context : {&held, &free})
        threads.emplace_back([context] {
            const auto stays = asio::make_work_guard(*context);
            context->run();
        });
    auto options = options_for(cluster);
    options.loops = {loop_of(held), loop_of(free)};
    auto session = Session::connect(options);
    Gate gate;
    std::promise<void> asked;
    asio::post(held, [&] {
        session.async_prepare("SELECT slowly", [](const std::exception_ptr&, const PreparedStatement&) {});
        asio::post(held, [&] {
            asked.set_value();
            gate.wait();
        });
    });
    asked.get_future().wait();
    std::promise<errc> ended;
    asio::post(free, [&] {
        session.async_prepare("SELECT slowly", [&](const std::exception_ptr& error, const PreparedStatement&) {
            ended.set_value(told(error));
        });
    });
    CHECK(ended.get_future().get() == errc{});
    gate.open();
    session.close();
    for (auto* context : {&held, &free})
        context->stop();
    for (auto& thread : threads)
        thread.join();
}
