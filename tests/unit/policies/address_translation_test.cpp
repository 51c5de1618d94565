#include <coodie/address_translation.hpp>
#include <doctest/doctest.h>

using namespace coodie;

TEST_CASE("a table of addresses goes by host and port first, then by host, and leaves others as they are")
{
    const FixedAddresses translator{{{"10.0.0.1:9042", "gate:19042"},
                                     {"10.0.0.1", "gate"},
                                     {"10.0.0.2", "127.0.0.1"},
                                     {"10.0.0.3", "[::1]:1"},
                                     {"10.0.0.4", "fe80::4"},
                                     {"10.0.0.5", "[fe80::5]"},
                                     {"[2001:db8::1]", "six"},
                                     {"[2001:db8::2]:9042", "seven:7"},
                                     {"2001:db8::3", "eight"}}};
    struct Example
    {
        const char* from;
        const char* to;
    };
    const Example examples[] = {
        {"10.0.0.1:9042", "gate:19042"},
        {"10.0.0.1:9043", "gate:9043"},
        {"10.0.0.2:9042", "127.0.0.1:9042"},
        {"10.0.0.3:9042", "[::1]:1"},
        {"10.0.0.4:9042", "[fe80::4]:9042"},
        {"10.0.0.5:9042", "[fe80::5]:9042"},
        {"[2001:db8::1]:9042", "six:9042"},
        {"[2001:db8::2]:9042", "seven:7"},
        {"2001:db8::3", "eight"},
        {"[2001:db8::2]:1", "[2001:db8::2]:1"},
        {"[2001:db8::3]:1", "eight:1"},
        {"10.0.0.11:9042", "10.0.0.11:9042"},
    };
    for (const auto& example : examples) {
        CAPTURE(example.from);
        CHECK(translator.translate({.address = example.from}) == example.to);
        CHECK(IdentityTranslator{}.translate({.address = example.from}) == example.from);
    }
}

TEST_CASE("a user's function sees all that is known of the host")
{
    const FunctionTranslator translator{[](const HostDescription& host) { return host.rack + "." + host.datacenter; }};
    CHECK(translator.translate({.address = "10.0.0.1:9042", .datacenter = "eu", .rack = "a"}) == "a.eu:9042");
    const FunctionTranslator nothing{[](const HostDescription&) { return std::string{}; }};
    CHECK(nothing.translate({.address = "10.0.0.1:9042"}) == "10.0.0.1:9042");
}
