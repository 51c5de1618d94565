#include "lib/transport/local_ports.hpp"

#include <doctest/doctest.h>
#include <set>

using namespace coodie::detail;

TEST_CASE("local ports of a remainder are dynamic ones, each named once, wherever they begin")
{
    for (const std::uint16_t divisor : std::initializer_list<std::uint16_t>{1, 3, 7, 64, 1000, 65535})
        for (const std::uint32_t random : {0U, 17U, ~0U}) {
            CAPTURE(divisor);
            const auto remainder = static_cast<std::uint16_t>(divisor - 1);
            std::set<std::uint16_t> named;
            LocalPorts ports{remainder, divisor, random};
            while (const auto port = ports.next()) {
                CHECK(*port >= 49'152);
                CHECK(*port % divisor == remainder);
                CHECK(named.insert(*port).second);
            }
            CHECK(named.size() <= 256);
            CHECK_FALSE(named.empty());
        }
}

TEST_CASE("a remainder that no dynamic port has gives none")
{
    CHECK_FALSE(LocalPorts{10, 49'000, 3}.next().has_value());
}
