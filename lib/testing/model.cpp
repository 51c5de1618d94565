#include <algorithm>
#include <lib/testing/model.hpp>
#include <protocol/murmur3.hpp>

namespace coodie::testing {
namespace {

Inet address_of(const std::string& text)
{
    const auto address = Inet::parse(text);
    if (!address)
        Error{errc::configuration, "FakeCluster: '" + text + "' is no IPv4 or IPv6 address"}.raise();
    return *address;
}

/// The address that many steps behind the first one.
Inet behind(const Inet& first, std::size_t steps)
{
    std::vector<std::byte> bytes{first.bytes().begin(), first.bytes().end()};
    auto left = steps;
    for (auto byte = bytes.rbegin(); byte != bytes.rend() && left != 0; ++byte) {
        left += std::to_integer<std::size_t>(*byte);
        *byte = static_cast<std::byte>(left & 0xFFU);
        left >>= 8U;
    }
    return *Inet::from_bytes(bytes);
}

Uuid host_id_of(std::size_t number)
{
    Uuid id = *Uuid::parse("fa4e0000-0000-4000-8000-000000000000");
    detail::store_integer(id.bytes.data() + 12, static_cast<std::uint32_t>(number + 1));
    return id;
}

/// Evenly around the ring for the nodes that a cluster starts with; somewhere for those that come later.
std::string token_of(std::size_t number, std::size_t nodes)
{
    const auto step = ~std::uint64_t{0} / std::max<std::size_t>(nodes, 1);
    const auto place = number < nodes ? step * number : protocol::murmur3_finish(number);
    return std::to_string(static_cast<std::int64_t>(place + (std::uint64_t{1} << 63U) + 1));
}

std::uint64_t hash_of(std::string_view text, std::uint64_t start)
{
    for (const char c : text)
        start = (start ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
    return protocol::murmur3_finish(start);
}

}

Model::Model(FakeClusterOptions given) : options{std::move(given)}, schema{std::move(options.schema)} {}

std::size_t Model::add(FakeNode description)
{
    const auto number = nodes.size();
    if (description.address.empty())
        description.address = behind(address_of(options.first_address), options.own_ports ? 0 : number).to_string();
    if (!description.host_id)
        description.host_id = host_id_of(number);
    if (description.tokens.empty())
        description.tokens = {token_of(number, options.nodes.size())};
    const auto address = address_of(description.address);
    nodes.push_back({.description = std::move(description), .address = address});
    return number;
}

const Primed* Model::find_primed(std::string_view cql) const
{
    const auto found = primed.find(cql);
    return found == primed.end() ? nullptr : &found->second;
}

bool Model::has_keyspace(std::string_view keyspace) const
{
    return schema.empty() || keyspace.starts_with("system") ||
           std::any_of(schema.begin(), schema.end(), [&](const FakeKeyspace& known) { return known.name == keyspace; });
}

std::vector<std::byte> digest_of(std::string_view text)
{
    std::vector<std::byte> digest(16);
    detail::store_integer(digest.data(), hash_of(text, 0xcbf29ce484222325U));
    detail::store_integer(digest.data() + 8, hash_of(text, 0x9ae16a3b2f90404fU));
    return digest;
}

Uuid uuid_of(std::string_view text)
{
    Uuid id;
    const auto digest = digest_of(text);
    std::copy(digest.begin(), digest.end(), id.bytes.begin());
    id.bytes[6] = (id.bytes[6] & std::byte{0x0F}) | std::byte{0x40};
    id.bytes[8] = (id.bytes[8] & std::byte{0x3F}) | std::byte{0x80};
    return id;
}

}
