#include "scylla_cluster.hpp"

// Where requests go for rows whose tablet an answer has told of.

using namespace scylla;

namespace {

/// The next answer says that all rows of the table live there.
void tell_tablet(FakeCluster& cluster, std::size_t node, std::int32_t shard)
{
    cluster.on(Opcode::execute)
        .times(1)
        .reply(void_answer().tablet(INT64_MIN, INT64_MAX, {{cluster.host_id(node), shard}}));
}

}

TEST_CASE("sc-47 rows are looked for where their tablet is, once an answer has told of it, by all loops")
{
    for (const std::size_t loops : {1U, 2U}) {
        FakeCluster cluster{sharded(3, 2)};
        prime(cluster);
        auto session = connect(cluster, 2, loops);
        const auto insert = session.prepare(insert_text);
        tell_tablet(cluster, 2, 1);
        CHECK(settles(session, cluster, insert, always(2, 1)));
        tell_tablet(cluster, 1, 0);
        CHECK(settles(session, cluster, insert, always(1, 0)));
    }
}

TEST_CASE("sc-47 tablets of tables that were dropped or are replicated anew, and of hosts that are gone, are forgotten")
{
    struct Example
    {
        const char* name;
        std::function<void(FakeCluster&)> change;
    };
    const Example examples[]{
        {"dropped and made again",
         [](FakeCluster& cluster) {
             cluster.change_schema([](FakeSchema& schema) { schema[0].tables[0].id = Uuid::random(); });
             cluster.push(SchemaChange{"UPDATED", "TABLE", "ks", "t", {}});
         }},
        {"replicated anew",
         [](FakeCluster& cluster) {
             cluster.change_schema([](FakeSchema& schema) {
                 schema[0].replication = FakeKeyspace::network("ks", {{"datacenter1", "1"}}).replication;
             });
             cluster.push(SchemaChange{"UPDATED", "KEYSPACE", "ks", "", {}});
         }},
    };
    for (const auto& example : examples) {
        CAPTURE(example.name);
        FakeCluster cluster{sharded(3, 2)};
        prime(cluster);
        auto session = connect(cluster, 2);
        const auto insert = session.prepare(insert_text);
        tell_tablet(cluster, 2, 1);
        REQUIRE(settles(session, cluster, insert, always(2, 1)));
        example.change(cluster);
        CHECK(settles(session, cluster, insert, by_ring(3, 2)));
    }

    FakeCluster cluster{sharded(3, 2)};
    prime(cluster);
    auto session = connect(cluster, 2);
    const auto insert = session.prepare(insert_text);
    tell_tablet(cluster, 2, 1);
    REQUIRE(settles(session, cluster, insert, always(2, 1)));
    cluster.remove_node(2);
    cluster.push_topology("REMOVED_NODE", 2);
    const auto on_the_others = by_ring(2, 2);
    const auto idempotent = [&] {
        cluster.forget_requests();
        for (int n = 0; n < 60; ++n) {
            auto statement = insert.bind(n, n);
            statement.options().idempotent = true;
            session.execute(statement);
        }
    };
    const auto end = std::chrono::steady_clock::now() + 10s;
    do
        idempotent();
    while (elsewhere(cluster, on_the_others) != 0 && std::chrono::steady_clock::now() < end);
    CHECK(elsewhere(cluster, on_the_others) == 0);
}

TEST_CASE("sc-47 a tablet that cannot be right is ignored, its answer is not, and the connection stays")
{
    const auto bytes = [](std::string_view text) {
        const auto all = std::as_bytes(std::span{text});
        return std::vector<std::byte>{all.begin(), all.end()};
    };
    FakeCluster cluster{sharded(2, 2)};
    const auto host = cluster.host_id(0);
    const Answer answers[]{
        void_answer().payload("tablets-routing-v1", std::nullopt),
        void_answer().payload("tablets-routing-v1", bytes("")),
        void_answer().payload("tablets-routing-v1", bytes("nonsense that is no tuple")),
        void_answer().tablet(5, 5, {{host, 0}}),
        void_answer().tablet(INT64_MAX, INT64_MIN, {{host, 0}}),
        void_answer().tablet(INT64_MIN, INT64_MAX, {{host, -1}}),
        void_answer().tablet(INT64_MIN, INT64_MAX, std::vector<std::pair<Uuid, std::int32_t>>(5'000, {host, 1})),
        void_answer().tablet(INT64_MIN, INT64_MAX, {}),
        void_answer().tablet(INT64_MIN, INT64_MAX, {{Uuid::random(), 1}})};
    prime(cluster);
    auto session = connect(cluster, 2);
    const auto insert = session.prepare(insert_text);
    REQUIRE(settles(session, cluster, insert, by_ring(2, 2)));
    for (const auto& answer : answers) {
        cluster.on(Opcode::execute).times(1).reply(answer);
        execute_many(session, cluster, insert);
        CHECK(elsewhere(cluster, by_ring(2, 2)) == 0);
    }
    CHECK(cluster.accepted(0) == 3);
    CHECK(cluster.accepted(1) == 2);

    // One that its node does not have is served by the node's others.
    tell_tablet(cluster, 1, 77);
    execute_many(session, cluster, insert);
    execute_many(session, cluster, insert);
    for (const auto& request : cluster.recorded(requests(Opcode::execute)))
        CHECK(request.node == 1);
}
