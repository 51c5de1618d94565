#include "extremes.hpp"
#include <coodie/container_codecs.hpp>
#include <doctest/doctest.h>
#include <lib/routing/tablet.hpp>
#include <limits>

using namespace coodie;
using namespace coodie::routing;

namespace {

using Replicas = std::vector<std::tuple<Uuid, std::int32_t>>;
using Payload = std::tuple<std::int64_t, std::int64_t, Replicas>;

std::vector<std::byte> encoded(const Payload& payload)
{
    std::vector<std::byte> bytes(Codec<Payload>::size(payload));
    Codec<Payload>::store(bytes.data(), payload);
    return bytes;
}

}

TEST_CASE("a tablet starts behind its first token")
{
    const Uuid one{{std::byte{1}}};
    const Uuid two{{std::byte{2}}};
    const auto tablet = parse_tablet(encoded({1234, 5678, {{one, 15}, {two, 0}}}));
    REQUIRE(tablet);
    CHECK(tablet->first == Token{1235});
    CHECK(tablet->last == Token{5678});
    CHECK(tablet->replicas == std::vector<TabletReplica>{{one, 15}, {two, 0}});
}

TEST_CASE("a tablet may reach to both ends and have no replicas")
{
    const auto tablet = parse_tablet(encoded({lowest, highest, {}}));
    REQUIRE(tablet);
    CHECK(tablet->first == Token{lowest + 1});
    CHECK(tablet->last == Token{highest});
    CHECK(tablet->replicas.empty());
}

TEST_CASE("what is no tablet is refused with its reason")
{
    struct Example
    {
        std::string name;
        std::vector<std::byte> payload;
        const char* reason;
    };
    auto cut = encoded({1, 2, {{Uuid{}, 1}}});
    cut.pop_back();
    auto longer = encoded({1, 2, {}});
    longer.push_back(std::byte{0});
    const Example examples[] = {
        {"ends before it starts", encoded({highest, lowest, {}}), "wrong token range"},
        {"of no token", encoded({5, 5, {}}), "wrong token range (5, 5]"},
        {"a negative shard", encoded({1, 2, {{Uuid{}, -1}}}), "negative shard -1"},
        {"cut short", cut, "not a tuple"},
        {"too long", longer, "not a tuple"},
        {"empty", {}, "not a tuple"},
    };
    for (const auto& example : examples) {
        CAPTURE(example.name);
        const auto tablet = parse_tablet(example.payload);
        REQUIRE_FALSE(tablet);
        CHECK(tablet.error().code() == errc::protocol);
        CHECK(tablet.error().message().find(example.reason) != std::string::npos);
    }
}

TEST_CASE("no prefix of a payload is a tablet, nor is one whose count of replicas lies")
{
    const auto whole = encoded({1, 2, {{Uuid{}, 1}}});
    for (std::size_t size = 0; size != whole.size(); ++size) {
        const std::vector<std::byte> prefix(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
        CHECK_FALSE(parse_tablet(prefix));
    }
    for (const std::int32_t count : {-1, 0, 2, std::numeric_limits<std::int32_t>::max()}) {
        auto lying = whole;
        detail::store_integer(lying.data() + 28, count);
        CHECK_FALSE(parse_tablet(lying));
    }
}
