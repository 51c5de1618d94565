#include "text.hpp"

#include <coodie/error.hpp>

namespace coodie::cql {

namespace {

std::string doubled(std::string_view text, char quote)
{
    std::string out(1, quote);
    for (const char c : text) {
        out += c;
        if (c == quote)
            out += c;
    }
    return out += quote;
}

std::string value_text(const OptionValue& value)
{
    switch (value.kind) {
    case OptionValue::number: return std::to_string(value.integer);
    case OptionValue::text: return quoted_text(value.string);
    case OptionValue::literal: return std::string{value.string};
    case OptionValue::map: return map_text(value.entries);
    }
    return {};
}

}

std::string quoted_text(std::string_view text)
{
    return doubled(text, '\'');
}

std::string quoted_column(std::string_view column)
{
    return doubled(column, '"');
}

std::string map_text(std::span<const TableOption> entries)
{
    Joined parts;
    for (const auto& entry : entries)
        parts += quoted_text(entry.name) + ": " + value_text(entry.value);
    return "{" + parts.text() + "}";
}

std::string options_text(std::span<const TableOption> options)
{
    Joined parts{" AND "};
    for (const auto& option : options)
        parts += quoted_name(option.name) + " = " + value_text(option.value);
    return parts.text();
}

void refuse(std::string sentence)
{
    Error{errc::invalid_query, std::move(sentence)}.raise();
}

}
