#pragma once

#include <compare>
#include <coodie/host.hpp>
#include <coodie/token.hpp>
#include <cstddef>
#include <span>
#include <vector>

namespace coodie::routing {

/// A node by its place in the list of nodes that the ring was made with: a session's hosts.
using NodeIndex = HostIndex;

struct RingToken
{
    Token token;
    NodeIndex owner;

    friend auto operator<=>(const RingToken&, const RingToken&) = default;
};

/// All tokens of a cluster in ascending order. A token owns the range that ends with it, itself included, and the
/// first one also what lies behind the last.
/// Threads: immutable.
class Ring
{
public:
    Ring() : Ring{std::vector<RingToken>{}} {}
    /// In any order. Of equal tokens that of the lowest index counts.
    explicit Ring(std::vector<RingToken> tokens);

    std::size_t size() const noexcept { return tokens_.size(); }
    bool empty() const noexcept { return tokens_.empty(); }
    std::size_t owners() const noexcept { return owners_; } ///< different nodes
    const RingToken& operator[](std::size_t place) const noexcept { return tokens_[place]; }
    std::span<const RingToken> tokens() const noexcept { return tokens_; }

    /// The place of the token that owns `token`; 0 on an empty ring.
    /// Complexity: one step through an index by the token's top bits, and a scan of about one token.
    std::size_t place_of(Token token) const noexcept
    {
        const auto bucket = bucket_of(token);
        const auto place = search(token, first_[bucket], first_[bucket + 1]);
        return place == tokens_.size() ? 0 : place;
    }

private:
    std::size_t bucket_of(Token token) const noexcept
    {
        constexpr auto lowest = std::uint64_t{1} << 63U;
        return static_cast<std::size_t>((static_cast<std::uint64_t>(token) ^ lowest) >> shift_);
    }
    std::size_t search(Token token, std::size_t begin, std::size_t end) const noexcept;

    std::vector<RingToken> tokens_;
    std::size_t owners_ = 0;
    std::vector<std::uint32_t> first_; ///< of each bucket of equal top bits, the first token in or behind it
    unsigned shift_ = 0;
};

}
