#include <doctest/doctest.h>
#include <protocol/scylla_options.hpp>

using namespace coodie::protocol;

namespace {

/// What a Scylla node of 12 shards sends, and then these instead.
Supported supported_with(const StringMap& changes)
{
    Supported supported{{{"SCYLLA_SHARD", {"3"}},
                         {"SCYLLA_NR_SHARDS", {"12"}},
                         {"SCYLLA_PARTITIONER", {"org.apache.cassandra.dht.Murmur3Partitioner"}},
                         {"SCYLLA_SHARDING_ALGORITHM", {"biased-token-round-robin"}},
                         {"SCYLLA_SHARDING_IGNORE_MSB", {"12"}},
                         {"SCYLLA_SHARD_AWARE_PORT", {"19042"}},
                         {"SCYLLA_SHARD_AWARE_PORT_SSL", {"19142"}},
                         {"SCYLLA_LWT_ADD_METADATA_MARK", {"LWT_OPTIMIZATION_META_BIT_MASK=8"}},
                         {"SCYLLA_RATE_LIMIT_ERROR", {"ERROR_CODE=42"}},
                         {"SCYLLA_USE_METADATA_ID", {}},
                         {"TABLETS_ROUTING_V1", {}}}};
    for (const auto& [option, value] : changes)
        for (auto& [key, values] : supported.options)
            if (key == option)
                values = {value};
    return supported;
}

}

TEST_CASE("all extensions of a Scylla node are read")
{
    const auto options = ScyllaOptions::parse(supported_with({}));
    CHECK(options.sharding == ShardInfo{3, 12, 12});
    CHECK(options.problem.empty());
    CHECK(options.shard_aware_port == 19'042);
    CHECK(options.shard_aware_port_tls == 19'142);
    CHECK(options.lwt_mask == 8);
    CHECK(options.rate_limit_code == 42);
    CHECK(options.tablets);
    CHECK(options.metadata_id);
}

TEST_CASE("Cassandra has none of them")
{
    const auto options = ScyllaOptions::parse({{{"CQL_VERSION", {"3.4.5"}}}});
    CHECK(!options.sharding);
    CHECK(options.problem.empty());
    CHECK(!options.shard_aware_port);
    CHECK(options.lwt_mask == 0);
    CHECK(!options.rate_limit_code);
    CHECK(!options.tablets);
    CHECK(!options.metadata_id);
}

TEST_CASE("sharding that cannot be right counts as none")
{
    struct Example
    {
        std::string_view option;
        std::string_view value;
        std::string_view problem;
    };
    for (const auto& example : {
             Example{"SCYLLA_SHARD", "12", "sharding: shard id out of range"},
             Example{"SCYLLA_NR_SHARDS", "0", "sharding: no shards"},
             Example{"SCYLLA_NR_SHARDS", "65536", "sharding: numbers are missing or malformed"},
             Example{"SCYLLA_SHARD", "-1", "sharding: numbers are missing or malformed"},
             Example{"SCYLLA_SHARD", "three", "sharding: numbers are missing or malformed"},
             Example{"SCYLLA_SHARDING_IGNORE_MSB", "64", "sharding: more ignored bits than a token has"},
             Example{"SCYLLA_SHARDING_IGNORE_MSB", "", "sharding: numbers are missing or malformed"},
             Example{"SCYLLA_PARTITIONER", "RandomPartitioner", "sharding: unknown partitioner or algorithm"},
             Example{"SCYLLA_SHARDING_ALGORITHM", "other", "sharding: unknown partitioner or algorithm"},
         })
    {
        CAPTURE(example.option);
        CAPTURE(example.value);
        const auto options = ScyllaOptions::parse(supported_with({{example.option, example.value}}));
        CHECK(!options.sharding);
        CHECK(options.problem == example.problem);
        CHECK(options.lwt_mask == 8);
    }
}

TEST_CASE("extensions whose value is malformed count as absent")
{
    const auto mask = [](std::string_view value) {
        return ScyllaOptions::parse(supported_with({{"SCYLLA_LWT_ADD_METADATA_MARK", value}})).lwt_mask;
    };
    CHECK(mask("LWT_OPTIMIZATION_META_BIT_MASK=2147483648") == 0x80000000);
    CHECK(mask("LWT_OPTIMIZATION_META_BIT_MASK=4294967296") == 0);
    CHECK(mask("LWT_OPTIMIZATION_META_BIT_MASK") == 0);
    CHECK(mask("8") == 0);
    const auto code = [](std::string_view value) {
        return ScyllaOptions::parse(supported_with({{"SCYLLA_RATE_LIMIT_ERROR", value}})).rate_limit_code;
    };
    CHECK(code("ERROR_CODE=61440") == 61'440);
    CHECK(!code("ERROR_CODE=9472")); // 0x2500 is taken
    CHECK(!code("ERROR_CODE=x"));
    CHECK(!code("ERROR_CODE"));
    CHECK(!ScyllaOptions::parse(supported_with({{"SCYLLA_SHARD_AWARE_PORT", "0"}})).shard_aware_port);
}

TEST_CASE("the first extension that is malformed is named")
{
    const auto problem = [](const StringMap& changes) { return ScyllaOptions::parse(supported_with(changes)).problem; };
    CHECK(problem({{"SCYLLA_SHARD_AWARE_PORT", "0"}}).empty());
    CHECK(problem({{"SCYLLA_SHARD_AWARE_PORT", "65536"}}) == "SCYLLA_SHARD_AWARE_PORT: the port is malformed");
    CHECK(problem({{"SCYLLA_LWT_ADD_METADATA_MARK", "8"}}) ==
          "SCYLLA_LWT_ADD_METADATA_MARK: the number is missing or malformed");
    CHECK(problem({{"SCYLLA_RATE_LIMIT_ERROR", "ERROR_CODE=9472"}}) ==
          "SCYLLA_RATE_LIMIT_ERROR: the code has another meaning already");
    CHECK(problem({{"SCYLLA_NR_SHARDS", "0"}, {"SCYLLA_RATE_LIMIT_ERROR", "x"}}) == "sharding: no shards");
}
