#include <coodie/mapping/identifier.hpp>

namespace coodie::cql {

namespace {

bool is_upper(char c) noexcept
{
    return c >= 'A' && c <= 'Z';
}
bool is_lower_or_digit(char c) noexcept
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/// A word starts at a capital that follows a small letter or a digit, or that a small letter follows.
bool starts_word(std::string_view name, std::size_t at) noexcept
{
    if (at == 0 || !is_upper(name[at]))
        return false;
    return is_lower_or_digit(name[at - 1]) || (at + 1 < name.size() && name[at + 1] >= 'a' && name[at + 1] <= 'z');
}

template <class Write> std::string written(const Write& write)
{
    Sink counted;
    write(counted);
    std::string text(counted.size(), '\0');
    Sink out{text.data()};
    write(out);
    return text;
}

}

std::string quoted_name(std::string_view name)
{
    return written([&](Sink& out) { write_name(out, name); });
}

std::string name_of_stored(std::string_view stored)
{
    return schema_name(stored) == stored ? std::string{stored} : written([&](Sink& out) { out.write_quoted(stored); });
}

std::string qualified_name(std::string_view keyspace, std::string_view name)
{
    return written([&](Sink& out) { write_name(out, keyspace, name); });
}

std::string schema_name(std::string_view name)
{
    std::string stored;
    if (!detail::is_quoted(name)) {
        for (const char c : name)
            stored += detail::lower(c);
        return stored;
    }
    for (std::size_t i = 1; i + 1 < name.size(); ++i) {
        stored += name[i];
        i += name[i] == '"' ? 1U : 0U;
    }
    return stored;
}

std::string snake_case(std::string_view name)
{
    std::string words;
    for (std::size_t i = 0; i != name.size(); ++i) {
        if (starts_word(name, i))
            words += '_';
        words += detail::lower(name[i]);
    }
    return words;
}

}
