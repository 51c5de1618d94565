#include <arpa/inet.h>
#include <coodie/inet.hpp>

namespace coodie {

std::optional<Inet> Inet::from_bytes(std::span<const std::byte> bytes) noexcept
{
    std::array<std::byte, 4> v4;
    std::array<std::byte, 16> v6;
    if (bytes.size() == v4.size()) {
        std::memcpy(v4.data(), bytes.data(), v4.size());
        return Inet{v4};
    }
    if (bytes.size() != v6.size())
        return std::nullopt;
    std::memcpy(v6.data(), bytes.data(), v6.size());
    return Inet{v6};
}

std::optional<Inet> Inet::parse(std::string_view text) noexcept
{
    char terminated[INET6_ADDRSTRLEN];
    if (text.size() >= sizeof terminated || text.find('\0') != std::string_view::npos)
        return std::nullopt;
    terminated[text.copy(terminated, sizeof terminated)] = '\0';
    std::array<std::byte, 4> v4;
    if (inet_pton(AF_INET, terminated, v4.data()) == 1)
        return Inet{v4};
    std::array<std::byte, 16> v6;
    if (inet_pton(AF_INET6, terminated, v6.data()) == 1)
        return Inet{v6};
    return std::nullopt;
}

std::string Inet::to_string() const
{
    char text[INET6_ADDRSTRLEN];
    return inet_ntop(is_v4_ ? AF_INET : AF_INET6, bytes().data(), text, sizeof text);
}

std::byte* Codec<Inet>::store(std::byte* out, const Inet& value) noexcept
{
    const auto bytes = value.bytes();
    std::memcpy(out, bytes.data(), bytes.size());
    return out + bytes.size();
}

bool Codec<Inet>::load(std::span<const std::byte> in, Inet& value) noexcept
{
    const auto loaded = Inet::from_bytes(in);
    value = loaded.value_or(value);
    return loaded.has_value();
}

}
