#include <doctest/doctest.h>
#include <lib/metadata/replication_factor.hpp>
#include <string>

using coodie::metadata::ReplicationFactor;

TEST_CASE("a replication factor is a number, or a number and how many of them are transient")
{
    struct Example
    {
        std::string text;
        std::optional<ReplicationFactor> expected;
    };
    const Example examples[] = {
        {"3", ReplicationFactor{3, 0}},
        {"0", ReplicationFactor{0, 0}},
        {"3/1", ReplicationFactor{2, 1}},
        {"3/0", ReplicationFactor{3, 0}},
        {"3/3", ReplicationFactor{0, 3}},
        {"4294967295", ReplicationFactor{4294967295, 0}},
        {"", {}},
        {"/", {}},
        {"3/", {}},
        {"/1", {}},
        {"3/4", {}},
        {"3/1/1", {}},
        {"-1", {}},
        {"+1", {}},
        {" 3", {}},
        {"3 ", {}},
        {"three", {}},
        {"3.5", {}},
        {"4294967296", {}},
    };
    for (const auto& example : examples) {
        CAPTURE(example.text);
        CHECK(ReplicationFactor::parse(example.text) == example.expected);
    }
}
