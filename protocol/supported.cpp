#include <algorithm>
#include <protocol/supported.hpp>

namespace coodie::protocol {

std::span<const std::string_view> Supported::values_of(std::string_view option) const noexcept
{
    const auto found = std::ranges::find(options, option, [](const auto& entry) { return entry.first; });
    return found == options.end() ? std::span<const std::string_view>{} : found->second;
}

bool Supported::has(std::string_view option) const noexcept
{
    return std::ranges::any_of(options, [option](const auto& entry) { return entry.first == option; });
}

std::size_t Supported::encoded_size() const noexcept
{
    return string_multimap_size(options);
}

void Supported::encode(Writer& out) const noexcept
{
    out.write_string_multimap(options);
}

Supported Supported::decode(Reader& in)
{
    return {.options = in.read_string_multimap()};
}

}
