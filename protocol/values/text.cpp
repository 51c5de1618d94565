#include <algorithm>
#include <coodie/ascii.hpp>
#include <coodie/error.hpp>

namespace coodie {

namespace {

constexpr bool is_continuation(unsigned char byte) noexcept
{
    return (byte & 0xC0U) == 0x80U;
}

/// Bytes of the character at the front; 0 when it is none. Tables 3-7 of the Unicode standard.
std::size_t character_size(std::string_view text) noexcept
{
    const auto byte = [text](std::size_t n) { return static_cast<unsigned char>(n < text.size() ? text[n] : '\0'); };
    const auto first = byte(0);
    const auto next = byte(1);
    if (first < 0x80)
        return 1;
    if (first < 0xC2 || first > 0xF4 || !is_continuation(next))
        return 0;
    if (first < 0xE0)
        return 2;
    if (!is_continuation(byte(2)) || (first == 0xE0 && next < 0xA0) || (first == 0xED && next > 0x9F))
        return 0;
    if (first < 0xF0)
        return 3;
    if (!is_continuation(byte(3)) || (first == 0xF0 && next < 0x90) || (first == 0xF4 && next > 0x8F))
        return 0;
    return 4;
}

/// Bytes at the front that are ASCII for sure, eight at a time.
std::size_t ascii_front(std::string_view text) noexcept
{
    std::size_t size = 0;
    for (std::uint64_t word = 0; text.size() - size >= sizeof word; size += sizeof word) {
        std::memcpy(&word, text.data() + size, sizeof word);
        if (word & 0x8080'8080'8080'8080U)
            break;
    }
    return size;
}

}

bool detail::is_utf8(std::string_view text) noexcept
{
    text.remove_prefix(ascii_front(text));
    while (!text.empty()) {
        const auto size = character_size(text);
        if (size == 0)
            return false;
        text.remove_prefix(size);
        if (size == 1)
            text.remove_prefix(ascii_front(text));
    }
    return true;
}

bool detail::is_ascii(std::string_view text) noexcept
{
    text.remove_prefix(ascii_front(text));
    return std::ranges::all_of(text, [](char sign) { return static_cast<unsigned char>(sign) < 0x80; });
}

Ascii::Ascii(std::string text) : text_{std::move(text)}
{
    if (!detail::is_ascii(text_))
        Error{errc::bad_value, "a coodie::Ascii was made from text that is not all ASCII; use a column of type text"}
            .raise();
}

}
