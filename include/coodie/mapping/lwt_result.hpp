#pragma once

#include <coodie/mapping/schema.hpp>
#include <coodie/rows.hpp>

namespace coodie {

/// What became of a conditional statement.
class [[nodiscard("whether the statement was applied is known from its LwtResult only")]] COODIE_API LwtResult
{
public:
    LwtResult() noexcept = default;
    explicit LwtResult(Rows rows) noexcept : rows_{std::move(rows)} {}

    bool applied() const; ///< true when the answer has no rows
    /// What stands in the table instead, as far as the server says: the columns of the conditions, or all of them.
    /// Errors: InvalidQueryError when it does not say.
    template <auto M> detail::TypeOfMember<M> existing() const
    {
        return existing_row()[name_of<M>()].template as<detail::TypeOfMember<M>>();
    }
    const Rows& rows() const noexcept { return rows_; }

private:
    template <auto M> static constexpr std::string_view name_of() noexcept
    {
        using T = detail::ClassOf<M>;
        constexpr auto number = detail::column_number<T, M>();
        static_assert(number != cql::unknown_column, "coodie: this member is no column of its class");
        return detail::columns<T>[number].name;
    }
    Row existing_row() const;

    Rows rows_;
};

}
