#include <algorithm>
#include <lib/policies/lightweight.hpp>

namespace coodie::policies {

namespace {

bool is_word(char c) noexcept
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/// `known` is in lower case.
bool is(std::string_view word, std::string_view known) noexcept
{
    const auto same = [](char c, char lower) { return (c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c) == lower; };
    return std::ranges::equal(word, known, same);
}

/// What a text starts with that hides words: strings, quoted names, comments.
struct Quotes
{
    std::string_view opening;
    std::string_view closing;
};
constexpr Quotes hiding[] = {{"'", "'"}, {"\"", "\""}, {"$$", "$$"}, {"--", "\n"}, {"//", "\n"}, {"/*", "*/"}};

/// Takes one word off the front, or one quoted part or character, which is no word: empty.
std::string_view take_word(std::string_view& text) noexcept
{
    for (const auto& quotes : hiding)
        if (text.starts_with(quotes.opening)) {
            const auto end = text.find(quotes.closing, quotes.opening.size());
            text.remove_prefix(end == text.npos ? text.size() : end + quotes.closing.size());
            return {};
        }
    const auto length = static_cast<std::size_t>(std::ranges::find_if_not(text, is_word) - text.begin());
    const auto word = text.substr(0, length);
    text.remove_prefix(std::max<std::size_t>(length, 1));
    return word;
}

bool writes(std::string_view verb) noexcept
{
    constexpr std::string_view verbs[] = {"insert", "update", "delete", "begin"};
    return std::ranges::any_of(verbs, [&](std::string_view known) { return is(verb, known); });
}

}

bool is_lightweight(std::string_view cql) noexcept
{
    std::string_view verb;
    while (verb.empty() && !cql.empty())
        verb = take_word(cql);
    if (!writes(verb))
        return false;
    while (!cql.empty())
        if (is(take_word(cql), "if"))
            return true;
    return false;
}

}
