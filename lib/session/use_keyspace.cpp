#include "lib/session/use_keyspace.hpp"

#include <algorithm>

namespace coodie::detail {

namespace {

constexpr std::string_view blank = " \t\r\n\f";

void skip_through(std::string_view& cql, std::string_view end) noexcept
{
    const auto at = cql.find(end);
    cql.remove_prefix(at == std::string_view::npos ? cql.size() : at + end.size());
}

void skip_blanks_and_comments(std::string_view& cql) noexcept
{
    for (;;) {
        cql.remove_prefix(std::min(cql.find_first_not_of(blank), cql.size()));
        if (cql.starts_with("/*"))
            skip_through(cql, "*/");
        else if (cql.starts_with("--") || cql.starts_with("//"))
            skip_through(cql, "\n");
        else
            return;
    }
}

}

std::string_view first_word(std::string_view cql) noexcept
{
    skip_blanks_and_comments(cql);
    const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    const auto* end = std::ranges::find_if_not(cql, is_letter);
    return {cql.begin(), end};
}

bool is_use(std::string_view cql) noexcept
{
    const auto first = first_word(cql);
    constexpr std::string_view word = "use";
    const auto same = [](char wanted, char letter) { return (letter | 0x20) == wanted; };
    if (!std::equal(word.begin(), word.end(), first.begin(), first.end(), same))
        return false;
    const auto* after = first.data() + first.size();
    return after != cql.data() + cql.size() &&
           (*after == '"' || *after == '/' || *after == '-' || blank.find(*after) != std::string_view::npos);
}

}
