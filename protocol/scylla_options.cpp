#include <charconv>
#include <protocol/error_response.hpp>
#include <protocol/scylla_options.hpp>

namespace coodie::protocol {
namespace {

template <class Number> std::optional<Number> number_in(std::string_view text)
{
    Number number{};
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (problem != std::errc{} || end != text.data() + text.size())
        return {};
    return number;
}

std::optional<std::string_view> first_value(const Supported& supported, std::string_view option)
{
    const auto values = supported.values_of(option);
    return values.empty() ? std::optional<std::string_view>{} : values[0];
}

template <class Number> std::optional<Number> number_of(const Supported& supported, std::string_view option)
{
    const auto value = first_value(supported, option);
    return value ? number_in<Number>(*value) : std::optional<Number>{};
}

/// The number of "KEY=number", where `option` has such a value.
template <class Number>
std::optional<Number> number_after(const Supported& supported, std::string_view option, std::string_view key)
{
    for (const auto value : supported.values_of(option))
        if (value.starts_with(key))
            return number_in<Number>(value.substr(key.size()));
    return {};
}

std::string problem_of(const ShardInfo& info)
{
    if (info.shards == 0)
        return "no shards";
    if (info.shard >= info.shards)
        return "shard id out of range";
    return info.ignore_msb >= 64 ? "more ignored bits than a token has" : "";
}

void parse_sharding(const Supported& supported, ScyllaOptions& options)
{
    const auto shard = number_of<std::uint16_t>(supported, "SCYLLA_SHARD");
    const auto shards = number_of<std::uint16_t>(supported, "SCYLLA_NR_SHARDS");
    const auto ignore_msb = number_of<std::uint8_t>(supported, "SCYLLA_SHARDING_IGNORE_MSB");
    if (!first_value(supported, "SCYLLA_SHARD"))
        return;
    if (!shard || !shards || !ignore_msb) {
        options.sharding_problem = "numbers are missing or malformed";
        return;
    }
    const ShardInfo info{*shard, *shards, *ignore_msb};
    options.sharding_problem = problem_of(info);
    if (!options.sharding_problem.empty())
        return;
    if (first_value(supported, "SCYLLA_PARTITIONER") != "org.apache.cassandra.dht.Murmur3Partitioner" ||
        first_value(supported, "SCYLLA_SHARDING_ALGORITHM") != "biased-token-round-robin")
        options.sharding_problem = "unknown partitioner or sharding algorithm";
    else
        options.sharding = info;
}

std::optional<std::uint16_t> port_of(const Supported& supported, std::string_view option)
{
    const auto port = number_of<std::uint16_t>(supported, option);
    return port == 0 ? std::nullopt : port;
}

}

ScyllaOptions ScyllaOptions::parse(const Supported& supported)
{
    ScyllaOptions options;
    parse_sharding(supported, options);
    options.shard_aware_port = port_of(supported, "SCYLLA_SHARD_AWARE_PORT");
    options.shard_aware_port_tls = port_of(supported, "SCYLLA_SHARD_AWARE_PORT_SSL");
    options.lwt_mask =
        number_after<std::uint32_t>(supported, "SCYLLA_LWT_ADD_METADATA_MARK", "LWT_OPTIMIZATION_META_BIT_MASK=")
            .value_or(0);
    options.rate_limit_code = number_after<std::int32_t>(supported, "SCYLLA_RATE_LIMIT_ERROR", "ERROR_CODE=");
    if (options.rate_limit_code && is_cql_error(*options.rate_limit_code))
        options.rate_limit_code.reset();
    options.tablets = supported.has("TABLETS_ROUTING_V1");
    options.metadata_id = supported.has("SCYLLA_USE_METADATA_ID");
    return options;
}

}
