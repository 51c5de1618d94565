#include <algorithm>
#include <bit>
#include <lib/routing/ring.hpp>

namespace coodie::routing {

namespace {

// Four buckets a token leave few tokens in a bucket; beyond 2^14 of them the index would crowd the cache.
constexpr unsigned min_bits = 4;
constexpr unsigned max_bits = 14;
constexpr std::size_t longest_scan = 8;

unsigned index_bits(std::size_t tokens) noexcept
{
    return std::clamp(static_cast<unsigned>(std::bit_width(tokens)) + 2, min_bits, max_bits);
}

std::size_t count_owners(std::span<const RingToken> tokens)
{
    std::vector<NodeIndex> owners;
    owners.reserve(tokens.size());
    for (const auto& token : tokens)
        owners.push_back(token.owner);
    std::ranges::sort(owners);
    return owners.size() - std::ranges::unique(owners).size();
}

bool precedes(const RingToken& left, Token right) noexcept
{
    return left.token < right;
}

}

Ring::Ring(std::vector<RingToken> tokens) : tokens_{std::move(tokens)}
{
    std::ranges::sort(tokens_);
    const auto repeated = std::ranges::unique(tokens_, {}, &RingToken::token);
    tokens_.erase(repeated.begin(), repeated.end());

    owners_ = count_owners(tokens_);

    const auto bits = index_bits(tokens_.size());
    shift_ = 64 - bits;
    first_.reserve((std::size_t{1} << bits) + 1);
    for (std::size_t place = 0; place != tokens_.size(); ++place)
        first_.resize(std::max(first_.size(), bucket_of(tokens_[place].token) + 1), static_cast<std::uint32_t>(place));
    first_.resize((std::size_t{1} << bits) + 1, static_cast<std::uint32_t>(tokens_.size()));
}

std::size_t Ring::search(Token token, std::size_t begin, std::size_t end) const noexcept
{
    // A ring whose tokens crowd together must not become a list.
    if (end - begin > longest_scan) [[unlikely]] {
        const auto range = tokens().subspan(begin, end - begin);
        return begin +
               static_cast<std::size_t>(std::lower_bound(range.begin(), range.end(), token, precedes) - range.begin());
    }
    while (begin != end && precedes(tokens_[begin], token))
        ++begin;
    return begin;
}

}
