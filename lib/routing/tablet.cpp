#include <coodie/container_codecs.hpp>
#include <lib/routing/tablet.hpp>
#include <string>

namespace coodie::routing {

namespace {

constexpr std::size_t most_replicas = 1'024;
using Replica = std::tuple<Uuid, std::int32_t>;
using Payload = std::tuple<std::int64_t, std::int64_t, std::optional<std::vector<Replica>>>;

Error refused(std::string why)
{
    return {errc::protocol, "payload tablets-routing-v1: " + std::move(why) + "; it is ignored"};
}

}

Result<Tablet> parse_tablet(std::span<const std::byte> payload)
{
    Payload fields;
    if (!Codec<Payload>::load(payload, fields))
        return refused("not a tuple<bigint, bigint, list<tuple<uuid, int>>>");
    const auto& [before_first, last, replicas] = fields;
    if (!replicas)
        return refused("no list of replicas");
    if (replicas->size() > most_replicas)
        return refused(std::to_string(replicas->size()) + " replicas");
    if (last <= before_first)
        return refused("wrong token range (" + std::to_string(before_first) + ", " + std::to_string(last) + "]");

    Tablet tablet{.first = Token{before_first + 1}, .last = Token{last}};
    tablet.replicas.reserve(replicas->size());
    for (const auto& [host, shard] : *replicas) {
        if (shard < 0)
            return refused("negative shard " + std::to_string(shard));
        tablet.replicas.push_back({host, static_cast<std::uint32_t>(shard)});
    }
    return tablet;
}

}
