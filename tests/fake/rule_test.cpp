#include "raw_client.hpp"

#include <algorithm>
#include <doctest/doctest.h>

using namespace coodie;
using namespace coodie::testing;
using protocol::Query;

namespace {

/// Which of so many equal questions an error answers, as "x" for an error and "." for none.
std::string errors_of(FakeCluster& cluster, std::size_t questions, std::size_t node = 0)
{
    RawClient client{cluster, node};
    client.start();
    std::string seen;
    for (std::size_t i = 0; i != questions; ++i) {
        client.ask(Query{"INSERT INTO ks.t"});
        seen += Heard{client.frame()}.header.opcode == Opcode::error ? 'x' : '.';
    }
    return seen;
}

const auto refusal = error(errc::server_overloaded, "busy");

}

TEST_CASE("a rule takes those requests that it says")
{
    struct Example
    {
        const char* name;
        Rule rule;
        const char* taken;
    };
    const Example examples[]{
        {"all", on(Opcode::query), "xxxxxx"},
        {"twice", on(Opcode::query).times(2), "xx...."},
        {"the third", on(Opcode::query).nth(3), "..x..."},
        {"every second", on(Opcode::query).every(2), ".x.x.x"},
        {"never, by chance", on(Opcode::query).with_probability(0), "......"},
        {"another opcode", on(Opcode::execute), "......"},
        {"another node", on(Opcode::query).at(1), "......"},
        {"its text", on(Opcode::query).containing("INSERT"), "xxxxxx"},
        {"another text", on(Opcode::query).containing("UPDATE"), "......"},
        {"another consistency", on(Opcode::query).with_consistency(Consistency::all), "......"},
        {"control connections", on(Opcode::query).on_control(), "......"},
        {"other connections", on(Opcode::query).on_data(), "xxxxxx"},
        {"the first connection", on(Opcode::query).on_connection(0), "xxxxxx"},
        {"a predicate", on_any().where([](const auto& request) { return request.contains("ks.t"); }), "xxxxxx"},
    };
    for (auto example : examples) {
        CAPTURE(example.name);
        FakeCluster cluster;
        cluster.add_rule(example.rule.reply(refusal));
        CHECK(errors_of(cluster, 6) == example.taken);
    }
}

TEST_CASE("chance takes about the share that it is told, and the same one for the same seed")
{
    const auto seen_with = [](std::uint32_t seed) {
        FakeCluster cluster{{.seed = seed}};
        cluster.on(Opcode::query).with_probability(0.5).reply(refusal);
        return errors_of(cluster, 200);
    };
    const auto seen = seen_with(7);
    CHECK(std::ranges::count(seen, 'x') > 60);
    CHECK(std::ranges::count(seen, 'x') < 140);
    CHECK(seen == seen_with(7));
    CHECK(seen != seen_with(8));
}

TEST_CASE("the newest rule that fits decides, and the one before it when that is used up")
{
    FakeCluster cluster;
    cluster.on(Opcode::query).named("old").reply(refusal);
    cluster.on(Opcode::query).named("new").times(2).reply_normally();
    CHECK(errors_of(cluster, 4) == "..xx");
    CHECK(cluster.uses_of("old") == 2);
    CHECK(cluster.uses_of("new") == 2);
    cluster.remove_rules("old");
    CHECK(errors_of(cluster, 1) == ".");
    cluster.on(Opcode::query).reply(refusal);
    cluster.remove_rules();
    CHECK(errors_of(cluster, 1) == ".");
}
