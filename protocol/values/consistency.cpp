#include <algorithm>
#include <array>
#include <coodie/consistency.hpp>

namespace coodie {

namespace {

constexpr std::array<std::string_view, 11> names{"ANY",    "ONE",          "TWO",          "THREE",
                                                 "QUORUM", "ALL",          "LOCAL_QUORUM", "EACH_QUORUM",
                                                 "SERIAL", "LOCAL_SERIAL", "LOCAL_ONE"};

constexpr char upper(char letter) noexcept
{
    return letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
}

}

std::string_view name_of(Consistency consistency) noexcept
{
    const auto code = static_cast<std::size_t>(consistency);
    return code < names.size() ? names[code] : "UNKNOWN";
}

std::optional<Consistency> consistency_named(std::string_view name) noexcept
{
    const auto same = [name](std::string_view known) { return std::ranges::equal(name, known, {}, upper); };
    const auto* found = std::ranges::find_if(names, same);
    if (found == names.end())
        return std::nullopt;
    return static_cast<Consistency>(found - names.begin());
}

}
