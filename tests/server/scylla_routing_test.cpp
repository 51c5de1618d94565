#include "scylla_cluster.hpp"

#include <set>

// Where requests go on nodes that have shards.

using namespace scylla;

TEST_CASE("a prepared statement goes to the shard of its row, on every loop")
{
    for (const std::size_t loops : {1U, 2U}) {
        FakeCluster cluster{sharded(1, 4)};
        prime(cluster);
        auto session = connect(cluster, 4, loops);
        const auto insert = session.prepare(insert_text);
        REQUIRE(settles(session, cluster, insert, by_ring(1, 4)));
        execute_many(session, cluster, insert);
        CHECK(elsewhere(cluster, by_ring(1, 4)) == 0);
    }
}

TEST_CASE("a prepared statement goes to the shard of its row on the node that has it")
{
    FakeCluster cluster{sharded(3, 2)};
    prime(cluster);
    auto session = connect(cluster, 2);
    const auto insert = session.prepare(insert_text);
    REQUIRE(settles(session, cluster, insert, by_ring(3, 2)));
    execute_many(session, cluster, insert);
    CHECK(elsewhere(cluster, by_ring(3, 2)) == 0);
}

TEST_CASE("sc-40 the server's mark decides what is a lightweight transaction, not the text")
{
    constexpr auto marked = "SOMETHING new INTO ks.t (id) VALUES (?)";
    constexpr auto unmarked = "UPDATE ks.t SET n = 1 WHERE id = ? IF n = 2";
    FakeCluster cluster{sharded(3, 1, 3)};
    const auto id = column("id", "int", "ks", "t");
    cluster.prime(primed(marked).binding({id}).keyed_by({0}).marked_lightweight());
    cluster.prime(primed(unmarked).binding({id}).keyed_by({0}));
    auto session = connect(cluster, 1);
    const auto first = session.prepare(marked), other = session.prepare(unmarked);
    for (int n = 0; n < 50; ++n)
        session.execute(first.bind(n));
    for (const auto& request : cluster.recorded(requests(Opcode::execute)))
        CHECK(request.node == owner(token_of(request)));

    cluster.forget_requests();
    std::set<std::size_t> nodes;
    for (int n = 0; n < 50; ++n)
        session.execute(other.bind(7));
    for (const auto& request : cluster.recorded(requests(Opcode::execute)))
        nodes.insert(request.node);
    CHECK(nodes.size() == 3);
}

TEST_CASE(
    "sc-45 while a node comes back with other shards no idempotent request fails, and all go to the right one soon")
{
    FakeCluster cluster{sharded(2, 3)};
    prime(cluster);
    auto session = connect(cluster, 3);
    const auto insert = session.prepare(insert_text);
    std::atomic<bool> done{false};
    std::atomic<int> failed{0};
    std::thread caller{[&] {
        for (int n = 0; !done; ++n) {
            auto statement = insert.bind(n, n);
            statement.options().idempotent = true;
            failed += error_of([&] { session.execute(statement); }) ? 1 : 0;
        }
    }};
    for (const std::uint16_t shards : std::initializer_list<std::uint16_t>{8, 2}) {
        cluster.stop(1);
        cluster.change_node(1, [&](FakeNode& node) { node.shards = shards; });
        cluster.start(1);
        CHECK(settles(session, cluster, insert, [=](Token token) {
            const auto place = by_ring(2, 3)(token);
            return place.node == 0 ? place : by_ring(2, shards)(token);
        }));
    }
    done = true;
    caller.join();
    CHECK(failed == 0);
}
