#include "cluster_session.hpp"

#include <doctest/doctest.h>

// Sessions on clusters whose hosts come and go.

using namespace coodie;
using namespace coodie::testing;
using namespace std::chrono_literals;

TEST_CASE("cpp-56 from one contact point a session finds all hosts, and uses each of them on every loop")
{
    FakeCluster cluster{{.nodes = 3}};
    auto options = options_for(cluster);
    options.threads = 2;
    auto session = Session::connect(options);
    for (std::size_t node = 0; node != 3; ++node)
        CHECK(reaches(session, cluster, node));
}

TEST_CASE("cpp-53 a host that is added while the session runs gets requests, and one that is removed gets none")
{
    FakeCluster cluster{{.nodes = 2}};
    auto session = Session::connect(options_for(cluster));
    const auto added = cluster.add_node({});
    cluster.push_topology("NEW_NODE", added);
    CHECK(reaches(session, cluster, added));
    cluster.remove_node(added);
    cluster.push_topology("REMOVED_NODE", added);
    for (int n = 0; n < 50; ++n)
        CHECK_NOTHROW(session.execute(idempotent("SELECT")));
}

TEST_CASE("cpp-54 while hosts restart one after the other no idempotent request fails")
{
    FakeCluster cluster{{.nodes = 3}};
    auto session = Session::connect(options_for(cluster));
    for (std::size_t node = 0; node != 3; ++node)
        REQUIRE(reaches(session, cluster, node));
    std::atomic<bool> done{false};
    std::atomic<int> failed{0}, succeeded{0};
    std::thread caller{[&] {
        while (!done) {
            const auto error = error_of([&] { session.execute(idempotent("SELECT")); });
            ++(error ? failed : succeeded);
        }
    }};
    for (std::size_t node = 0; node != 3; ++node) {
        const auto before = succeeded.load();
        cluster.stop(node);
        CHECK(becomes_true([&] { return succeeded > before + 100; }));
        cluster.start(node);
        CHECK(cluster.await(requests(Opcode::query).at(node).containing("SELECT"),
                            cluster.count(requests(Opcode::query).at(node).containing("SELECT")) + 1));
    }
    done = true;
    caller.join();
    CHECK(failed == 0);
}

TEST_CASE("cpp-55 after a complete outage the session recovers by itself")
{
    FakeCluster cluster{{.nodes = 2}};
    auto session = Session::connect(options_for(cluster));
    cluster.stop(0);
    cluster.stop(1);
    auto hasty = idempotent("SELECT");
    hasty.options().timeout = 200ms;
    CHECK(error_of([&] { session.execute(hasty); }));
    cluster.start(0);
    cluster.start(1);
    CHECK_NOTHROW(session.execute(idempotent("SELECT")));
    CHECK(reaches(session, cluster, 0));
    CHECK(reaches(session, cluster, 1));
}

TEST_CASE("cpp-62 a listener hears of hosts that are added, go down and come up, each once")
{
    struct Listener final : HostListener
    {
        void on_add(const std::shared_ptr<const Host>&) override { ++added; }
        void on_down(const std::shared_ptr<const Host>&) override { ++down; }
        void on_up(const std::shared_ptr<const Host>&) override { ++up; }
        std::atomic<int> added{0}, down{0}, up{0};
    };
    FakeCluster cluster{{.nodes = 2}};
    const auto listener = std::make_shared<Listener>();
    auto options = options_for(cluster);
    options.host_listener = listener;
    auto session = Session::connect(options);
    REQUIRE(reaches(session, cluster, 0));
    REQUIRE(reaches(session, cluster, 1));
    CHECK(listener->added == 2);
    cluster.stop(1);
    CHECK(becomes_true([&] { return listener->down != 0; }));
    cluster.start(1);
    CHECK(becomes_true([&] { return listener->up != 0; }));
    CHECK(listener->down == 1);
    CHECK(listener->up == 1);
}

TEST_CASE("sc-59 a session closes while hosts come and go, with requests on their way, and each of these ends once")
{
    for (int round = 0; round < 20; ++round) {
        CAPTURE(round);
        FakeCluster cluster{{.nodes = 3}};
        std::atomic<int> ended{0};
        auto session = Session::connect(options_for(cluster));
        cluster.stop(1);
        for (int n = 0; n < 100; ++n)
            session.async_execute(idempotent("SELECT"), [&](std::exception_ptr, Rows) { ++ended; });
        const auto added = cluster.add_node({});
        cluster.push_topology("NEW_NODE", added);
        cluster.push_status("UP", 1);
        CHECK(becomes_true([&] { return ended >= 5 * round; }));
        session.close();
        CHECK(ended == 100);
    }
}
