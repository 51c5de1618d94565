#pragma once

#include <coodie/result.hpp>
#include <optional>
#include <protocol/types.hpp>

namespace coodie::protocol {

/// Walks the text of a type's name. Whitespace between words does not count.
class TypeScanner
{
public:
    explicit TypeScanner(std::string_view text) noexcept : text_{text} {}

    /// Letters, digits and the signs of class names; empty when something else stands there.
    std::string_view word() noexcept;
    /// A name between two `quote`s, doubled ones inside read as one; nothing when there is no such name.
    std::optional<std::string> quoted(char quote);
    bool take(char sign) noexcept; ///< takes this sign, if it comes next; else not even the spaces before
    bool at_end() noexcept;
    std::size_t position() const noexcept { return at_; }
    void go_to(std::size_t position) noexcept { at_ = position; }
    std::string_view text_from(std::size_t position) const noexcept { return text_.substr(position, at_ - position); }
    bool skip_parentheses() noexcept; ///< from an opening one to the one that closes it

    /// Counts a type against the budget; false when there are too many.
    bool count_type() noexcept { return ++types_ <= max_type_nodes; }

private:
    void skip_spaces() noexcept;

    std::string_view text_;
    std::size_t at_ = 0;
    std::size_t types_ = 0;
};

/// A whole number from 0 to 2^31-1, as vectors have it.
std::optional<std::uint32_t> parse_dimension(std::string_view digits) noexcept;

}
