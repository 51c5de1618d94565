#include "lib/cluster/host_registry.hpp"

#include <doctest/doctest.h>

using namespace coodie;
using namespace coodie::detail;

namespace {

Uuid id(int number)
{
    return Uuid::parse("00000000-0000-0000-0000-00000000000" + std::to_string(number)).value();
}

FoundHost found(int number, const std::string& address, std::uint16_t port = 9042)
{
    FoundHost host;
    host.description = {.address = address + ":" + std::to_string(port),
                        .host_id = number == 0 ? Uuid{} : id(number),
                        .datacenter = "dc1",
                        .rack = "r1"};
    host.target = {Resolution::literal({address, port}).value(), {address, port}, host.description.address};
    host.event_address = Inet::parse(address).value();
    host.event_port = port;
    return host;
}

FoundHost contact(FoundHost host)
{
    host.is_contact = true;
    return host;
}

}

TEST_CASE("hosts get dense indexes in the order in which they are met")
{
    HostRegistry registry;
    const auto changes = registry.update({found(1, "10.0.0.1"), found(2, "10.0.0.2")});
    REQUIRE(changes.added.size() == 2);
    CHECK(changes.added[0].index() == HostIndex{0});
    CHECK(changes.added[1].index() == HostIndex{1});
    CHECK(registry.hosts()[1]->address() == "10.0.0.2:9042");
    CHECK(registry.hosts()[1]->is_up());
    CHECK(registry.update({found(2, "10.0.0.2"), found(1, "10.0.0.1")}).empty());
}

TEST_CASE("sc-52: a node at a new address is the same host, moved")
{
    HostRegistry registry;
    (void)registry.update({found(1, "10.0.0.1"), found(2, "10.0.0.2")});
    const auto changes = registry.update({found(1, "10.0.0.2"), found(2, "10.0.0.1")});
    CHECK(changes.added.empty());
    CHECK(changes.removed.empty());
    REQUIRE(changes.moved.size() == 2);
    CHECK(changes.moved[0].index() == HostIndex{0});
    CHECK(changes.moved[0].host->address() == "10.0.0.2:9042");
    CHECK(registry.find(HostIndex{1})->target.label == "10.0.0.1:9042");
}

TEST_CASE("a host that goes leaves its index empty, and gets it again when it returns")
{
    HostRegistry registry;
    (void)registry.update({found(1, "10.0.0.1"), found(2, "10.0.0.2")});
    registry.lost_by(0, HostIndex{0});
    const auto gone = registry.update({found(2, "10.0.0.2")});
    REQUIRE(gone.removed.size() == 1);
    CHECK(gone.removed[0]->host_id() == id(1));
    CHECK(registry.hosts()[0] == nullptr);
    CHECK(registry.find(HostIndex{0}) == nullptr);

    const auto back = registry.update({found(3, "10.0.0.3"), found(1, "10.0.0.1"), found(2, "10.0.0.2")});
    REQUIRE(back.added.size() == 2);
    CHECK(back.added[0].index() == HostIndex{2});
    CHECK(back.added[1].index() == HostIndex{0});
    CHECK(registry.hosts()[0]->is_up());
}

TEST_CASE("another node at a known address is another host")
{
    HostRegistry registry;
    (void)registry.update({found(1, "10.0.0.1")});
    const auto changes = registry.update({found(2, "10.0.0.1")});
    CHECK(changes.removed.size() == 1);
    REQUIRE(changes.added.size() == 1);
    CHECK(changes.added[0].index() == HostIndex{1});
}

TEST_CASE("sc-49: a node that is listed twice is one host")
{
    HostRegistry registry;
    const auto changes =
        registry.update({found(1, "10.0.0.1"), found(1, "10.0.0.9"), found(0, "10.0.0.5"), found(0, "10.0.0.5")});
    CHECK(changes.added.size() == 2);
    CHECK(registry.hosts()[0]->address() == "10.0.0.1:9042");
}

TEST_CASE("a host that was known by its address is the node that is found there")
{
    HostRegistry registry;
    (void)registry.update({found(0, "10.0.0.1")});
    const auto changes = registry.update({found(1, "10.0.0.1")});
    CHECK(changes.added.empty());
    CHECK(changes.removed.empty());
    CHECK(changes.redescribed);
    CHECK(registry.hosts()[0]->host_id() == id(1));
}

TEST_CASE("a changed rack is told by a new description, which keeps what is known of the host")
{
    HostRegistry registry;
    (void)registry.update({found(1, "10.0.0.1")});
    registry.lost_by(0, HostIndex{0});
    auto elsewhere = found(1, "10.0.0.1");
    elsewhere.description.rack = "r2";
    const auto changes = registry.update({elsewhere});
    CHECK(changes.redescribed);
    CHECK(changes.moved.empty());
    CHECK(registry.hosts()[0]->rack() == "r2");
    CHECK_FALSE(registry.hosts()[0]->is_up());
}

TEST_CASE("the node that was asked stays where it is reached, unless nothing reaches it there")
{
    HostRegistry registry;
    (void)registry.update({found(1, "10.0.0.1")});
    registry.reached_by(0, HostIndex{0});
    CHECK(registry.update({contact(found(1, "192.168.0.1"))}).empty());
    registry.lost_by(0, HostIndex{0});
    CHECK(registry.update({contact(found(1, "192.168.0.1"))}).moved.size() == 1);
}

TEST_CASE("cpp-50: a host is up as long as one loop reaches it, and every change is told once")
{
    HostRegistry registry;
    (void)registry.update({found(1, "10.0.0.1")});
    const HostIndex host{0};
    CHECK_FALSE(registry.reached_by(0, host)); // it counted as up
    CHECK_FALSE(registry.reached_by(1, host));
    CHECK_FALSE(registry.lost_by(0, host));
    CHECK(registry.hosts()[0]->is_up());
    CHECK(registry.lost_by(1, host));
    CHECK_FALSE(registry.hosts()[0]->is_up());
    CHECK_FALSE(registry.lost_by(1, host));
    CHECK(registry.reached_by(1, host));
    CHECK_FALSE(registry.reached_by(0, host));
}

TEST_CASE("a server's word counts only for hosts that nobody reaches")
{
    HostRegistry registry;
    (void)registry.update({found(1, "10.0.0.1")});
    const HostIndex host{0};
    CHECK(registry.believe(host, false));
    CHECK_FALSE(registry.believe(host, false));
    CHECK(registry.believe(host, true));
    registry.reached_by(0, host);
    CHECK_FALSE(registry.believe(host, false));
    CHECK(registry.hosts()[0]->is_up());
}

TEST_CASE("reports about hosts that are gone, or never were, change nothing")
{
    HostRegistry registry;
    CHECK_FALSE(registry.reached_by(0, HostIndex{7}));
    (void)registry.update({found(1, "10.0.0.1")});
    (void)registry.update({});
    CHECK_FALSE(registry.lost_by(0, HostIndex{0}));
    CHECK_FALSE(registry.believe(HostIndex{0}, false));
}

TEST_CASE("events find hosts by their address, and by the port where one address has several")
{
    HostRegistry registry;
    (void)registry.update({found(1, "10.0.0.1"), found(2, "10.0.0.2", 9042), found(3, "10.0.0.2", 9043)});
    CHECK(registry.called(Inet::parse("10.0.0.1").value(), 1) == HostIndex{0});
    CHECK(registry.called(Inet::parse("10.0.0.2").value(), 9043) == HostIndex{2});
    CHECK_FALSE(registry.called(Inet::parse("10.0.0.2").value(), 1));
    CHECK_FALSE(registry.called(Inet::parse("10.0.0.3").value(), 9042));
}

TEST_CASE("a host that is described anew keeps the shards that its connections told of")
{
    HostRegistry registry;
    (void)registry.update({found(1, "10.0.0.1")});
    HostAccess::set_shards(*registry.hosts()[0], 8);
    CHECK(registry.update({found(1, "10.0.0.1")}).empty());
    auto elsewhere = found(1, "10.0.0.1");
    elsewhere.description.rack = "r2";
    CHECK(registry.update({elsewhere}).redescribed);
    CHECK(registry.hosts()[0]->shards() == 8);
    CHECK(registry.update({elsewhere}).empty());
}
