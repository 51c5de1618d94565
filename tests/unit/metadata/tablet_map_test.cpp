#include <doctest/doctest.h>
#include <lib/metadata/tablet_map.hpp>
#include <limits>

using namespace coodie;
using namespace coodie::metadata;

namespace {

constexpr auto lowest = std::numeric_limits<std::int64_t>::min();
constexpr auto highest = std::numeric_limits<std::int64_t>::max();

Uuid host(int number)
{
    Uuid uuid;
    uuid.bytes[15] = static_cast<std::byte>(number);
    return uuid;
}

/// Hosts 1 to 9 are known, by their number.
std::optional<HostIndex> host_of(const Uuid& host_id)
{
    const auto number = std::to_integer<std::uint32_t>(host_id.bytes[15]);
    return number < 10 ? std::optional{HostIndex{number}} : std::nullopt;
}

std::shared_ptr<const LearnedTablet> tablet(std::int64_t first, std::int64_t last, std::vector<int> hosts)
{
    routing::Tablet made{.first = Token{first}, .last = Token{last}};
    for (const auto number : hosts)
        made.replicas.push_back({host(number), static_cast<std::uint32_t>(number * 10)});
    return TabletMap::resolve(std::move(made), host_of);
}

/// The first host of the token's tablet; 0: there is no tablet.
std::uint32_t owner(const TabletMap& map, std::int64_t token)
{
    const auto* const found = map.find("ks", "t", Token{token});
    return found ? static_cast<std::uint32_t>(found->hosts.at(0)) : 0;
}

std::vector<std::uint32_t> owners(const TabletMap& map, std::initializer_list<std::int64_t> tokens)
{
    std::vector<std::uint32_t> found;
    for (const auto token : tokens)
        found.push_back(owner(map, token));
    return found;
}

using Owners = std::vector<std::uint32_t>;

/// One keyspace "ks" with one table.
struct Described
{
    const char* table = "t";
    int id = 1;
    std::size_t factor = 1;
};
SchemaMetadata schema(const Described& described)
{
    auto table = std::make_shared<TableMetadata>();
    table->id = host(described.id);
    auto keyspace = std::make_shared<KeyspaceMetadata>();
    keyspace->replication.strategy = ReplicationStrategy::simple;
    keyspace->replication.factor = described.factor;
    keyspace->tables.emplace(described.table, std::move(table));
    SchemaMetadata schema;
    schema.keyspaces.emplace("ks", std::move(keyspace));
    return schema;
}

}

TEST_CASE("a token finds the tablet that it lies in, both ends included")
{
    TabletMap map;
    CHECK(map.learn("ks", "t", tablet(10, 19, {1})));
    CHECK(map.learn("ks", "t", tablet(30, 39, {3})));
    CHECK(map.learn("ks", "t", tablet(20, 29, {2})));
    CHECK(owners(map, {9, 10, 19, 20, 29, 30, 39, 40}) == Owners{0, 1, 1, 2, 2, 3, 3, 0});
    CHECK(map.find("ks", "u", Token{10}) == nullptr);
    CHECK(map.find("k", "st", Token{10}) == nullptr);
    CHECK(map.size() == 3);
    CHECK(map.tables() == 1);
}

TEST_CASE("the ends of the ring are tokens like others")
{
    TabletMap map;
    map.learn("ks", "t", tablet(lowest, -1, {1}));
    map.learn("ks", "t", tablet(0, highest, {2}));
    CHECK(owners(map, {lowest, -1, 0, highest}) == Owners{1, 1, 2, 2});
    map.learn("ks", "t", tablet(lowest, highest, {3}));
    CHECK(owners(map, {lowest, highest}) == Owners{3, 3});
    CHECK(map.size() == 1);
}

TEST_CASE("sc-47 a new tablet takes the place of all that it overlaps")
{
    struct Example
    {
        const char* name;
        std::int64_t first;
        std::int64_t last;
        std::size_t size;
        Owners owners; ///< of 5, 15, 25, 35
    };
    const Example examples[] = {
        {"the same range", 10, 19, 4, {1, 9, 3, 4}},
        {"a split", 10, 14, 4, {1, 0, 3, 4}},
        {"a merge", 10, 29, 3, {1, 9, 9, 4}},
        {"over an end", 15, 24, 3, {1, 9, 0, 4}},
        {"one token of a neighbour", 9, 15, 3, {0, 9, 3, 4}},
        {"everything", lowest, highest, 1, {9, 9, 9, 9}},
        {"behind all", 40, 49, 5, {1, 2, 3, 4}},
        {"before all", -9, -1, 5, {1, 2, 3, 4}},
    };
    for (const auto& example : examples) {
        CAPTURE(example.name);
        TabletMap map;
        for (int i = 0; i != 4; ++i)
            map.learn("ks", "t", tablet(i * 10, i * 10 + 9, {i + 1}));
        CHECK(map.learn("ks", "t", tablet(example.first, example.last, {9})));
        CHECK(map.size() == example.size);
        CHECK(owners(map, {5, 15, 25, 35}) == example.owners);
    }
}

TEST_CASE("tablets learned in any order lie in the order of the ring")
{
    TabletMap map;
    std::uint32_t random = 1;
    for (int i = 0; i != 20'000; ++i) {
        random = random * 1664525U + 1013904223U;
        const auto first = static_cast<std::int64_t>(random >> 16U);
        map.learn("ks", "t", tablet(first, first + static_cast<std::int64_t>(random % 50U), {i % 9 + 1}));
        REQUIRE(owner(map, first) == static_cast<std::uint32_t>(i % 9 + 1));
    }
    std::size_t steps = 0;
    for (std::int64_t token = 0; token < 70'000; ++token)
        if (const auto* const found = map.find("ks", "t", Token{token})) {
            ++steps;
            CHECK(found->tablet.first == Token{token});
            token = static_cast<std::int64_t>(found->tablet.last);
        }
    CHECK(steps == map.size());
}

TEST_CASE("a table has no more tablets than its capacity, and those learn on")
{
    TabletMap map{2};
    CHECK(map.learn("ks", "t", tablet(0, 9, {1})));
    CHECK(map.learn("ks", "t", tablet(10, 19, {2})));
    CHECK_FALSE(map.learn("ks", "t", tablet(20, 29, {3})));
    CHECK(map.learn("ks", "t", tablet(10, 14, {4})));
    CHECK(map.learn("ks", "u", tablet(20, 29, {3})));
    CHECK(owners(map, {5, 12, 17, 25}) == Owners{1, 4, 0, 0});
}

TEST_CASE("hosts that nobody knows yet are looked for again")
{
    TabletMap map;
    map.learn("ks", "t", tablet(0, 9, {12, 2, 1}));
    const auto* const before = map.find("ks", "t", Token{5});
    REQUIRE(before);
    CHECK_FALSE(before->is_complete());
    CHECK(before->hosts == std::vector{HostIndex{2}, HostIndex{1}});
    CHECK(before->shards == std::vector<std::uint32_t>{20, 10});

    map.complete(
        [](const Uuid& host_id) { return host_id == host(12) ? std::optional{HostIndex{7}} : host_of(host_id); });
    const auto* const after = map.find("ks", "t", Token{5});
    CHECK(after->is_complete());
    CHECK(after->hosts == std::vector{HostIndex{7}, HostIndex{2}, HostIndex{1}});
    CHECK(after->shards == std::vector<std::uint32_t>{120, 20, 10});
}

TEST_CASE("sc-47 tablets of removed hosts are forgotten")
{
    TabletMap map;
    map.learn("ks", "t", tablet(0, 9, {1, 2}));
    map.learn("ks", "t", tablet(10, 19, {2, 3}));
    map.forget_host(host(1));
    CHECK(owners(map, {5, 15}) == Owners{0, 2});
    map.forget_host(host(8));
    CHECK(map.size() == 1);
}

TEST_CASE("sc-47 tablets of tables that are gone, others now, or replicated anew, are forgotten, and no others")
{
    struct Example
    {
        const char* name;
        SchemaMetadata former;
        SchemaMetadata now;
        bool kept;
    };
    const Example examples[]{
        {"nothing changed", schema({}), schema({}), true},
        {"not known before", {}, schema({}), true},
        {"no keyspace", schema({}), {}, false},
        {"no table", schema({}), schema({.table = "u"}), false},
        {"another table", schema({}), schema({.id = 2}), false},
        {"replicated anew", schema({}), schema({.factor = 2}), false},
    };
    for (const auto& example : examples) {
        CAPTURE(example.name);
        TabletMap map;
        map.learn("ks", "t", tablet(0, 9, {1}));
        map.learn("elsewhere", "t", tablet(0, 9, {1}));
        map.keep_tables_of(example.now, example.former);
        CHECK((owner(map, 5) == 1) == example.kept);
        CHECK(map.tables() == (example.kept ? 1 : 0));
    }
}

TEST_CASE("there are tablets of so many tables, and no more")
{
    TabletMap map;
    for (std::size_t n = 0; n != TabletMap::most_tables; ++n)
        CHECK(map.learn("ks", std::to_string(n), tablet(0, 9, {1})));
    CHECK_FALSE(map.learn("ks", "one more", tablet(0, 9, {1})));
    CHECK(map.learn("ks", "7", tablet(10, 19, {1})));
}

TEST_CASE("maps of two loops share what was learned")
{
    TabletMap one;
    TabletMap two;
    const auto learned = tablet(0, 9, {1});
    one.learn("ks", "t", learned);
    two.learn("ks", "t", learned);
    CHECK(one.find("ks", "t", Token{0}) == two.find("ks", "t", Token{0}));
}
