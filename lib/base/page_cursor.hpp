#pragma once

#include <coodie/rows.hpp>
#include <coodie/statement.hpp>

namespace coodie::detail {

/// Where a walk through the pages of an answer is: each page says what to ask next. Pure.
class PageCursor
{
public:
    explicit PageCursor(Statement statement) : statement_{std::move(statement)} {}

    /// Asks for the page that is next, with all the options of the first one.
    const Statement& statement() const noexcept { return statement_; }
    bool has_more() const noexcept { return has_more_; }
    /// The page was answered: the one behind it is next. Errors: ProtocolError when the server sends it round in a
    /// circle; the page stays next.
    Error turn(const Rows& page);

private:
    Error remember(std::span<const std::byte> state);

    Statement statement_;
    bool has_more_ = true;
    // Brent's way to find a circle of any length: the state of a page some turns ago, which is moved on after 1, 2, 4
    // ... turns.
    std::vector<std::byte> landmark_;
    std::size_t turns_ = 0;
    std::size_t next_landmark_ = 1;
};

}
