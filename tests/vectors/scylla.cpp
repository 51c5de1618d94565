// What Scylla adds.
#include "json_value.hpp"
#include "kinds.hpp"

#include <lib/routing/shard.hpp>
#include <lib/routing/tablet.hpp>
#include <protocol/scylla_options.hpp>

namespace vectors {

namespace {

using namespace coodie;

void shard_of(const Json& input, const Json& expected)
{
    const routing::Sharding sharding{.shards = input.at("nr_shards").get<std::uint16_t>(),
                                     .ignore_msb = input.at("ignore_msb").get<std::uint8_t>()};
    expect_fields({{"shard", routing::shard_of(Token{integer(input.at("token"))}, sharding)}}, expected);
}

protocol::Supported supported_of(const Json& options)
{
    protocol::Supported supported;
    for (const auto& [name, values] : options.items()) {
        auto& option = supported.options.emplace_back(name, protocol::StringList{});
        for (const auto& value : values)
            option.second.push_back(value.get_ref<const std::string&>());
    }
    return supported;
}

template <class T> Json number_or_null(const std::optional<T>& number)
{
    return number ? Json(*number) : Json();
}

void supported(const Json& input, const Json& expected)
{
    const Json names = input; // what is parsed holds views
    const auto options = protocol::ScyllaOptions::parse(supported_of(names));
    const auto sharding = options.sharding.value_or(protocol::ShardInfo{});
    const auto of_shards = [&](auto number) { return options.sharding ? Json(number) : Json(); };
    expect_fields({{"shard_aware", options.sharding.has_value()},
                   {"shard", of_shards(sharding.shard)},
                   {"nr_shards", of_shards(sharding.shards)},
                   {"ignore_msb", of_shards(sharding.ignore_msb)},
                   {"shard_aware_port", number_or_null(options.shard_aware_port)},
                   {"shard_aware_port_ssl", number_or_null(options.shard_aware_port_tls)},
                   {"lwt_mask", options.lwt_mask},
                   {"rate_limit_error", number_or_null(options.rate_limit_code)},
                   {"tablets", options.tablets},
                   {"metadata_id", options.metadata_id}},
                  expected);
}

/// The facts name only what is wrong: the rest is filled in, so that it cannot be the reason.
void supported_reject(const Json& input, const Json&)
{
    Json names = {{"SCYLLA_SHARD", {"0"}},
                  {"SCYLLA_NR_SHARDS", {"4"}},
                  {"SCYLLA_PARTITIONER", {"org.apache.cassandra.dht.Murmur3Partitioner"}},
                  {"SCYLLA_SHARDING_ALGORITHM", {"biased-token-round-robin"}},
                  {"SCYLLA_SHARDING_IGNORE_MSB", {"12"}}};
    expect(protocol::ScyllaOptions::parse(supported_of(names)).sharding.has_value(), "refused when nothing is wrong");
    names.update(input);
    const auto options = protocol::ScyllaOptions::parse(supported_of(names));
    expect(!options.sharding, "accepted");
    expect(!options.problem.empty(), "refused without saying why");
}

Result<routing::Tablet> tablet_of(const Json& input)
{
    if (input.contains("hex"))
        return routing::parse_tablet(bytes_of(input.at("hex")));
    static const Json usual = "tuple<bigint,bigint,list<tuple<uuid,int>>>";
    const auto type = type_named(input.value("cql_type", usual));
    const Json fields = input.contains("value")
                            ? input.at("value")
                            : Json{input.at("first"), input.at("last"), input.value("replicas", Json::array())};
    return routing::parse_tablet(accepted("encode", encode(value_of(fields, type), type)));
}

void tablet(const Json& input, const Json& expected)
{
    const auto tablet = accepted("payload", tablet_of(input));
    const auto text = [](Token token) { return std::to_string(static_cast<std::int64_t>(token)); };
    Json replicas = Json::array();
    for (const auto& [host, shard] : tablet.replicas)
        replicas.push_back({host.to_string(), shard});
    expect_fields({{"range_inclusive", {text(tablet.first), text(tablet.last)}}, {"replicas", replicas}}, expected);
}

void tablet_reject(const Json& input, const Json&)
{
    refused("payload", tablet_of(input));
}

constexpr Kind kinds[] = {
    {"scylla_shard_of", shard_of},
    {"scylla_supported", supported},
    {"scylla_supported_reject", supported_reject},
    {"tablets_routing_v1", tablet},
    {"tablets_routing_v1_reject", tablet_reject},
};

}

std::span<const Kind> scylla_kinds()
{
    return kinds;
}

}
