#include <coodie/blob.hpp>
#include <protocol/values/hex.hpp>

namespace coodie {

namespace {

constexpr std::string_view digits = "0123456789abcdef";

constexpr int digit(char sign) noexcept
{
    if (sign >= '0' && sign <= '9')
        return sign - '0';
    if (sign >= 'a' && sign <= 'f')
        return sign - 'a' + 10;
    return sign >= 'A' && sign <= 'F' ? sign - 'A' + 10 : -1;
}

}

std::string to_hex(std::span<const std::byte> bytes)
{
    std::string text;
    text.reserve(2 * bytes.size());
    for (const auto byte : bytes) {
        text += digits[std::to_integer<std::size_t>(byte >> 4U)];
        text += digits[std::to_integer<std::size_t>(byte & std::byte{0x0F})];
    }
    return text;
}

bool protocol::read_hex(std::string_view text, std::byte* out) noexcept
{
    for (std::size_t n = 0; n + 1 < text.size(); n += 2) {
        const int high = digit(text[n]);
        const int low = digit(text[n + 1]);
        if (high < 0 || low < 0)
            return false;
        *out++ = static_cast<std::byte>(high * 16 + low);
    }
    return text.size() % 2 == 0;
}

std::optional<Blob> parse_hex(std::string_view text)
{
    Blob bytes(text.size() / 2);
    if (!protocol::read_hex(text, bytes.data()))
        return std::nullopt;
    return bytes;
}

}
