#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace coodie::cql {

/// What a bind marker stands for: the part of the statement, counted from 0 within its kind.
struct Marker
{
    enum Kind : std::uint8_t
    {
        column,      ///< an inserted column
        element_key, ///< the key in `"m"[?]` of a change
        change,      ///< the value of a change
        condition,   ///< of WHERE
        only_if,     ///< of IF
        ann,         ///< the vector of ORDER BY ... ANN OF
        limit,
        per_partition_limit,
        ttl,
        timestamp,
    };
    Kind kind{};
    std::uint16_t index = 0;

    friend bool operator==(const Marker&, const Marker&) = default;
};

/// Where CQL text goes: counted first, then written into a place of that size. Remembers what its markers stand for.
class Sink
{
public:
    constexpr Sink() = default;
    constexpr explicit Sink(char* text, Marker* markers = nullptr) noexcept : text_{text}, markers_{markers} {}

    constexpr void write(char c) noexcept
    {
        if (text_)
            text_[size_] = c;
        ++size_;
    }
    constexpr void write(std::string_view text) noexcept
    {
        const auto* const from = text.data();
        const auto size = text.size();
        if (text_)
            for (std::size_t i = 0; i != size; ++i)
                text_[size_ + i] = from[i];
        size_ += size;
    }
    /// Between quotes, those inside doubled.
    constexpr void write_quoted(std::string_view text) noexcept
    {
        write('"');
        for (auto quote = text.find('"'); quote != std::string_view::npos; quote = text.find('"')) {
            write(text.substr(0, quote + 1));
            write('"');
            text.remove_prefix(quote + 1);
        }
        write(text);
        write('"');
    }
    constexpr void write_number(std::int64_t number) noexcept
    {
        char digits[20];
        std::size_t count = 0;
        auto rest = number < 0 ? ~static_cast<std::uint64_t>(number) + 1 : static_cast<std::uint64_t>(number);
        do
            digits[count++] = static_cast<char>('0' + rest % 10);
        while ((rest /= 10) != 0);
        if (number < 0)
            write('-');
        while (count != 0)
            write(digits[--count]);
    }
    constexpr void write_marker(Marker marker) noexcept
    {
        write('?');
        if (markers_)
            markers_[marker_count_] = marker;
        ++marker_count_;
    }

    constexpr std::size_t size() const noexcept { return size_; }
    constexpr std::size_t marker_count() const noexcept { return marker_count_; }

private:
    char* text_ = nullptr;
    Marker* markers_ = nullptr;
    std::size_t size_ = 0;
    std::size_t marker_count_ = 0;
};

/// Writes ", " before every part but the first; or any other word.
class Separator
{
public:
    constexpr explicit Separator(std::string_view word = ", ") noexcept : word_{word} {}
    constexpr void operator()(Sink& out) noexcept
    {
        if (!first_)
            out.write(word_);
        first_ = false;
    }

private:
    std::string_view word_;
    bool first_ = true;
};

}
