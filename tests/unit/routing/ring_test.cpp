#include "extremes.hpp"
#include <algorithm>
#include <doctest/doctest.h>
#include <lib/routing/ring.hpp>
#include <limits>

using namespace coodie;
using namespace coodie::routing;

namespace {

/// Owners are numbered in the order of `tokens`.
Ring ring_of(const std::vector<std::int64_t>& tokens)
{
    std::vector<RingToken> ring;
    for (const auto token : tokens)
        ring.push_back({Token{token}, NodeIndex{static_cast<std::uint32_t>(ring.size())}});
    return Ring{ring};
}

std::size_t place_by_search(const Ring& ring, std::int64_t token)
{
    const auto found = std::ranges::lower_bound(ring.tokens(), Token{token}, {}, &RingToken::token);
    return found == ring.tokens().end() ? 0 : static_cast<std::size_t>(found - ring.tokens().begin());
}

std::uint64_t next_random(std::uint64_t& state)
{
    state ^= state << 13U;
    state ^= state >> 7U;
    state ^= state << 17U;
    return state;
}

}

TEST_CASE("a token belongs to the first token of the ring that is not less, around the end")
{
    const auto ring = ring_of({-30, -20, -10, 0, 10, 20, 30});
    struct Example
    {
        std::int64_t token;
        std::size_t place;
    };
    const Example examples[] = {
        {lowest, 0}, {-31, 0}, {-30, 0}, {-29, 1}, {-25, 1}, {-20, 1}, {-1, 3},
        {0, 3},      {1, 4},   {29, 6},  {30, 6},  {31, 0},  {35, 0},  {highest, 0},
    };
    for (const auto& example : examples) {
        CAPTURE(example.token);
        CHECK(ring.place_of(Token{example.token}) == example.place);
    }
}

TEST_CASE("the ends of the range of tokens are on the ring like any other")
{
    const auto ring = ring_of({lowest, 0, highest});
    CHECK(ring.place_of(Token{lowest}) == 0);
    CHECK(ring.place_of(Token{lowest + 1}) == 1);
    CHECK(ring.place_of(Token{1}) == 2);
    CHECK(ring.place_of(Token{highest}) == 2);
}

TEST_CASE("on an empty ring every place is the first")
{
    const Ring ring;
    CHECK(ring.empty());
    CHECK(ring.owners() == 0);
    for (const auto token : {lowest, std::int64_t{0}, highest})
        CHECK(ring.place_of(Token{token}) == 0);
}

TEST_CASE("one token owns everything")
{
    const auto ring = ring_of({7});
    for (const auto token : {lowest, std::int64_t{7}, std::int64_t{8}, highest})
        CHECK(ring.place_of(Token{token}) == 0);
}

TEST_CASE("tokens may come in any order, and of equal ones that of the lowest index counts")
{
    const Ring ring{
        {{Token{5}, NodeIndex{2}}, {Token{-5}, NodeIndex{1}}, {Token{5}, NodeIndex{0}}, {Token{0}, NodeIndex{1}}}};
    const std::vector<RingToken> expected{
        {Token{-5}, NodeIndex{1}}, {Token{0}, NodeIndex{1}}, {Token{5}, NodeIndex{0}}};
    CHECK(std::ranges::equal(ring.tokens(), expected));
    CHECK(ring.owners() == 2);
}

TEST_CASE("the index finds what a binary search finds, on rings of every size and density")
{
    std::uint64_t state = 42;
    for (const std::size_t size : {2U, 3U, 16U, 48U, 768U, 5000U, 20000U})
        for (const auto spread : {0U, 20U, 50U}) {
            CAPTURE(size);
            CAPTURE(spread);
            std::vector<std::int64_t> tokens;
            while (tokens.size() != size)
                tokens.push_back(static_cast<std::int64_t>(next_random(state)) >> spread);
            const auto ring = ring_of(tokens);
            bool same = true;
            for (const auto token : tokens)
                for (const std::int64_t delta : {-1, 0, 1})
                    same = same && ring.place_of(Token{token + delta}) == place_by_search(ring, token + delta);
            for (int i = 0; i != 1000; ++i) {
                const auto token = static_cast<std::int64_t>(next_random(state));
                same = same && ring.place_of(Token{token}) == place_by_search(ring, token);
            }
            CHECK(same);
        }
}
