#include "lib/transport/contact_point.hpp"

#include <doctest/doctest.h>

using namespace coodie;
using namespace coodie::detail;

TEST_CASE("a contact point is a name or an address, with or without a port")
{
    struct Example
    {
        const char* text;
        const char* name;
        std::uint16_t port;
        const char* printed;
    };
    const Example examples[]{
        {"node", "node", 9042, "node:9042"},
        {"node.example.org:19042", "node.example.org", 19042, "node.example.org:19042"},
        {"127.0.0.1", "127.0.0.1", 9042, "127.0.0.1:9042"},
        {"127.0.0.1:1", "127.0.0.1", 1, "127.0.0.1:1"},
        {"10.0.0.1:65535", "10.0.0.1", 65535, "10.0.0.1:65535"},
        {"::1", "::1", 9042, "[::1]:9042"},
        {"fe80::1:2", "fe80::1:2", 9042, "[fe80::1:2]:9042"},
        {"[::1]", "::1", 9042, "[::1]:9042"},
        {"[::1]:9043", "::1", 9043, "[::1]:9043"},
        {"[2001:db8::7]:00080", "2001:db8::7", 80, "[2001:db8::7]:80"},
        {"[node]:1", "node", 1, "node:1"},
    };
    for (const auto& example : examples) {
        CAPTURE(example.text);
        const auto parsed = ContactPoint::parse(example.text, 9042);
        REQUIRE(parsed);
        CHECK(parsed->name == example.name);
        CHECK(parsed->port == example.port);
        CHECK(parsed->to_string() == example.printed);
        const auto again = ContactPoint::parse(parsed->to_string(), 7);
        REQUIRE(again);
        CHECK(again->name == parsed->name);
        CHECK(again->port == parsed->port);
    }
}

TEST_CASE("what is no contact point is refused with its text and a reason")
{
    struct Example
    {
        const char* text;
        const char* reason;
    };
    const Example examples[]{
        {"", "it has no name"},
        {":9042", "it has no name"},
        {"[]", "it has no name"},
        {"[]:9042", "it has no name"},
        {"[::1", "a bracket is not closed"},
        {"[::1]9042", "something other than a port follows the bracket"},
        {"[::1] ", "something other than a port follows the bracket"},
        {"node:", "its port is no number from 1 to 65535"},
        {"node:0", "its port is no number from 1 to 65535"},
        {"node:65536", "its port is no number from 1 to 65535"},
        {"node:99999999999", "its port is no number from 1 to 65535"},
        {"node:-1", "its port is no number from 1 to 65535"},
        {"node:+1", "its port is no number from 1 to 65535"},
        {"node:90x", "its port is no number from 1 to 65535"},
        {"node: 9042", "its port is no number from 1 to 65535"},
        {"node:9042 ", "its port is no number from 1 to 65535"},
        {"[::1]:", "its port is no number from 1 to 65535"},
        {" ", "it has a blank"},
        {" node", "it has a blank"},
        {"node ", "it has a blank"},
        {"a node:9042", "it has a blank"},
        {"node\t:9042", "it has a blank"},
        {"[ ::1]", "it has a blank"},
    };
    for (const auto& example : examples) {
        CAPTURE(example.text);
        const auto parsed = ContactPoint::parse(example.text, 9042);
        REQUIRE_FALSE(parsed);
        CHECK(parsed.error().code() == errc::configuration);
        CHECK(parsed.error().message().find("'" + std::string{example.text} + "'") != std::string::npos);
        CHECK(parsed.error().message().find(example.reason) != std::string::npos);
    }
}
