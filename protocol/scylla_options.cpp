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

void refuse(ScyllaOptions& options, std::string_view what, std::string_view why)
{
    if (options.problem.empty())
        options.problem.append(what).append(": ").append(why);
}

/// The number of "KEY=number" among the option's values.
template <class Number>
std::optional<Number> number_after(const Supported& supported, std::string_view option, std::string_view key,
                                   ScyllaOptions& options)
{
    std::optional<Number> number;
    for (const auto value : supported.values_of(option))
        if (!number && value.starts_with(key))
            number = number_in<Number>(value.substr(key.size()));
    if (!number && supported.has(option))
        refuse(options, option, "the number is missing or malformed");
    return number;
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
    if (!shard || !shards || !ignore_msb)
        return refuse(options, "sharding", "numbers are missing or malformed");
    const ShardInfo info{*shard, *shards, *ignore_msb};
    if (const auto problem = problem_of(info); !problem.empty())
        return refuse(options, "sharding", problem);
    if (first_value(supported, "SCYLLA_PARTITIONER") != "org.apache.cassandra.dht.Murmur3Partitioner" ||
        first_value(supported, "SCYLLA_SHARDING_ALGORITHM") != "biased-token-round-robin")
        return refuse(options, "sharding", "unknown partitioner or algorithm");
    options.sharding = info;
}

/// 0 is how a server says that it has no such port.
std::optional<std::uint16_t> port_of(const Supported& supported, std::string_view option, ScyllaOptions& options)
{
    const auto port = number_of<std::uint16_t>(supported, option);
    if (!port && first_value(supported, option))
        refuse(options, option, "the port is malformed");
    return port == 0 ? std::nullopt : port;
}

std::optional<std::int32_t> rate_limit_code_of(const Supported& supported, ScyllaOptions& options)
{
    constexpr std::string_view option = "SCYLLA_RATE_LIMIT_ERROR";
    const auto code = number_after<std::int32_t>(supported, option, "ERROR_CODE=", options);
    if (!code || !is_cql_error(*code))
        return code;
    refuse(options, option, "the code has another meaning already");
    return {};
}

}

ScyllaOptions ScyllaOptions::parse(const Supported& supported)
{
    ScyllaOptions options;
    parse_sharding(supported, options);
    options.shard_aware_port = port_of(supported, "SCYLLA_SHARD_AWARE_PORT", options);
    options.shard_aware_port_tls = port_of(supported, "SCYLLA_SHARD_AWARE_PORT_SSL", options);
    options.lwt_mask = number_after<std::uint32_t>(supported, "SCYLLA_LWT_ADD_METADATA_MARK",
                                                   "LWT_OPTIMIZATION_META_BIT_MASK=", options)
                           .value_or(0);
    options.rate_limit_code = rate_limit_code_of(supported, options);
    options.tablets = supported.has("TABLETS_ROUTING_V1");
    options.metadata_id = supported.has("SCYLLA_USE_METADATA_ID");
    return options;
}

}
