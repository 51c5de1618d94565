#include "bench/meter/window.hpp"

#include <doctest/doctest.h>
#include <set>

namespace bench {
namespace {

/// Sends and answers until every lane is done. @return the numbers of the requests sent.
std::multiset<std::uint64_t> drain(Window& window)
{
    std::multiset<std::uint64_t> sent;
    for (auto& lane : window.lanes())
        do {
            window.sending(lane);
            sent.insert(lane.number);
        } while (window.answered(lane));
    return sent;
}

TEST_CASE("lanes share a window's requests evenly, each request once")
{
    Window window({Kind::insert, 64}, 1000);
    CHECK(window.requests() == 1024);
    const auto sent = drain(window);
    CHECK(sent.size() == 1024);
    CHECK(std::set(sent.begin(), sent.end()).size() == 1024);
    CHECK(*sent.rbegin() == 1023);
}

TEST_CASE("every latency is sampled at depth 1, one in 32 above")
{
    Window alone({Kind::insert, 1}, 100);
    drain(alone);
    CHECK(alone.latencies().size() == 100);
    Window deep({Kind::insert, 256}, 256 * 320);
    drain(deep);
    CHECK(deep.latencies().size() == 256 * 320 / 32);
}

TEST_CASE("the checksum of a window is that of all its lanes")
{
    Window window({Kind::select, 3}, 3);
    Fold expected;
    for (auto& lane : window.lanes()) {
        lane.fold.add(selected);
        expected.add(selected);
    }
    CHECK(window.fold().sum() == expected.sum());
    CHECK(window.fold().sum() != 0);
}

}
}
