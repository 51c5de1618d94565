#include <charconv>
#include <lib/metadata/replication_factor.hpp>

namespace coodie::metadata {

namespace {

std::optional<std::uint32_t> number(std::string_view text) noexcept
{
    std::uint32_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size())
        return {};
    return value;
}

}

std::optional<ReplicationFactor> ReplicationFactor::parse(std::string_view text) noexcept
{
    const auto slash = text.find('/');
    const auto all = number(text.substr(0, slash));
    const auto transient = slash == text.npos ? 0U : number(text.substr(slash + 1));
    if (!all || !transient || *transient > *all)
        return {};
    return ReplicationFactor{.full = *all - *transient, .transient = *transient};
}

}
