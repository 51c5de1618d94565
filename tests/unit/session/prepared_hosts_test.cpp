#include "lib/session/prepared_hosts.hpp"

#include <doctest/doctest.h>

using namespace coodie;
using namespace coodie::detail;
using Step = PreparedHosts::Step;

namespace {

constexpr HostIndex host{3};

void nobody() {}

}

TEST_CASE("the first loop that reaches a host tells it, those that reach it meanwhile wait, and later ones need not")
{
    PreparedHosts hosts;
    int told = 0;
    CHECK(hosts.reach(host, 0, nobody) == Step::begin);
    CHECK(hosts.reach(host, 1, [&] { ++told; }) == Step::wait);
    CHECK(hosts.reach(HostIndex{4}, 1, nobody) == Step::begin);
    hosts.end(host);
    CHECK(told == 1);
    CHECK(hosts.reach(host, 2, nobody) == Step::none);
    CHECK(hosts.reach(host, 0, nobody) == Step::none);
}

TEST_CASE("a host that was lost is told anew, by the loop that reaches it first")
{
    PreparedHosts hosts;
    (void)hosts.reach(host, 0, nobody);
    hosts.end(host);
    (void)hosts.reach(host, 1, nobody);
    hosts.lose(host, 1);
    CHECK(hosts.reach(host, 1, nobody) == Step::begin);
    hosts.lose(HostIndex{9}, 1);
}

TEST_CASE("who notices only later that the host was lost does not have it told again")
{
    PreparedHosts hosts;
    (void)hosts.reach(host, 0, nobody);
    hosts.end(host);
    (void)hosts.reach(host, 1, nobody);
    hosts.lose(host, 0);
    CHECK(hosts.reach(host, 0, nobody) == Step::begin);
    hosts.lose(host, 1);
    hosts.end(host);
    CHECK(hosts.reach(host, 1, nobody) == Step::none);
    hosts.lose(host, 1);
    hosts.lose(host, 1);
    CHECK(hosts.reach(host, 1, nobody) == Step::begin);
}

TEST_CASE("a host that is lost while it is told is told anew, once who told it has noticed")
{
    PreparedHosts hosts;
    int told = 0;
    (void)hosts.reach(host, 0, nobody);
    hosts.lose(host, 0);
    CHECK(hosts.reach(host, 1, [&] { ++told; }) == Step::wait);
    hosts.end(host);
    CHECK(told == 1);
    CHECK(hosts.reach(host, 0, nobody) == Step::begin);
}
