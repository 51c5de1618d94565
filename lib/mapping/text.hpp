#pragma once

#include <coodie/mapping/ddl.hpp>
#include <coodie/mapping/identifier.hpp>
#include <string>
#include <string_view>

namespace coodie::cql {

/// 'text', quotes inside doubled.
std::string quoted_text(std::string_view text);

/// "a", quotes inside doubled.
std::string quoted_column(std::string_view column);

/// {'name': value, ...}
std::string map_text(std::span<const TableOption> entries);

/// `name = value AND ...`
std::string options_text(std::span<const TableOption> options);

[[noreturn]] void refuse(std::string sentence);

/// Parts with a word between them.
class Joined
{
public:
    explicit Joined(std::string_view word = ", ") : word_{word} {}
    Joined& operator+=(std::string_view part)
    {
        if (!text_.empty())
            text_ += word_;
        text_ += part;
        return *this;
    }
    const std::string& text() const noexcept { return text_; }
    bool empty() const noexcept { return text_.empty(); }

private:
    std::string_view word_;
    std::string text_;
};

}
