#pragma once

#include <array>
#include <coodie/host.hpp>
#include <utility>
#include <vector>

namespace coodie {

/// Which hosts a plan has named already. Allocates nothing for the first 256 hosts of a session.
class HostSet
{
public:
    static constexpr std::size_t inline_hosts = 256;

    bool contains(HostIndex host) const noexcept
    {
        const auto* word = word_of(host);
        return word && (*word & bit_of(host)) != 0;
    }
    void insert(HostIndex host)
    {
        if (number(host) >= inline_hosts && (number(host) - inline_hosts) / 64 >= more_.size())
            more_.resize((number(host) - inline_hosts) / 64 + 1);
        *word_of(host) |= bit_of(host);
    }
    void clear() noexcept
    {
        first_ = {};
        more_.clear();
    }

private:
    using Word = std::uint64_t;

    static std::size_t number(HostIndex host) noexcept { return static_cast<std::size_t>(host); }
    static Word bit_of(HostIndex host) noexcept { return Word{1} << (number(host) % 64); }
    const Word* word_of(HostIndex host) const noexcept
    {
        if (number(host) < inline_hosts)
            return &first_[number(host) / 64];
        const auto place = (number(host) - inline_hosts) / 64;
        return place < more_.size() ? &more_[place] : nullptr;
    }
    Word* word_of(HostIndex host) noexcept { return const_cast<Word*>(std::as_const(*this).word_of(host)); }

    std::array<Word, inline_hosts / 64> first_{};
    std::vector<Word> more_;
};

}
