#include "small_cluster.hpp"

#include <doctest/doctest.h>

using namespace coodie;

namespace {

constexpr auto local = HostDistance::local;
constexpr auto remote = HostDistance::remote;
constexpr auto ignored = HostDistance::ignored;

std::string text_of(std::span<const HostIndex> hosts)
{
    return ::text_of(std::vector<HostIndex>{hosts.begin(), hosts.end()});
}

}

TEST_CASE("hosts of equal rank are a tier, local before remote, in the order of their indexes")
{
    const std::vector<HostRank> ranks{{remote, 9}, {local, 1}, {ignored}, {local, 0}, {remote, 2}, {local, 1}};
    const HostTiers tiers{ranks};
    REQUIRE(tiers.count() == 4);
    CHECK(tiers.local_count() == 2);
    CHECK(text_of(tiers[0]) == "3");
    CHECK(text_of(tiers[1]) == "1 5");
    CHECK(text_of(tiers[2]) == "4");
    CHECK(text_of(tiers[3]) == "0");
    CHECK(text_of(tiers.hosts()) == "3 1 5 4 0");
    CHECK(tiers.tier_of(HostIndex{5}) == 1);
    CHECK(tiers.distance_of(HostIndex{1}) == local);
    CHECK(tiers.distance_of(HostIndex{4}) == remote);
    for (const auto nobody : {2U, 6U, 4'000'000'000U}) {
        CHECK(tiers.tier_of(HostIndex{nobody}) == HostTiers::none);
        CHECK(tiers.distance_of(HostIndex{nobody}) == ignored);
    }
}

TEST_CASE("no host makes no tier")
{
    CHECK(HostTiers{}.count() == 0);
    CHECK(HostTiers{std::vector<HostRank>(3, HostRank{ignored})}.count() == 0);
    CHECK(HostTiers{}.hosts().empty());
}

TEST_CASE("every rank that there can be has its own tier")
{
    std::vector<HostRank> ranks;
    for (const auto distance : {local, remote})
        for (int preference = 0; preference != 256; ++preference)
            ranks.push_back({distance, static_cast<std::uint8_t>(preference)});
    const HostTiers tiers{ranks};
    CHECK(tiers.count() == 512);
    CHECK(tiers.local_count() == 256);
    CHECK(tiers.distance_of(HostIndex{255}) == local);
    CHECK(tiers.distance_of(HostIndex{256}) == remote);
}

TEST_CASE("a host says what it was made with, and whether it is up now")
{
    const auto host = detail::HostAccess::make(
        HostIndex{3},
        {.address = "[::1]:9042", .datacenter = "dc1", .rack = "r9", .release_version = "5.0.2", .shards = 8}, false);
    CHECK(host->index() == HostIndex{3});
    CHECK(host->address() == "[::1]:9042");
    CHECK(host->datacenter() == "dc1");
    CHECK(host->rack() == "r9");
    CHECK(host->release_version() == "5.0.2");
    CHECK(host->shards() == 8);
    CHECK_FALSE(host->is_up());
    detail::HostAccess::set_up(*host, true);
    CHECK(host->is_up());
}
