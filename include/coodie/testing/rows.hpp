#pragma once

#include <coodie/rows.hpp>
#include <coodie/value_buffer.hpp>
#include <initializer_list>
#include <string_view>

namespace coodie::testing {

/// One row of made-up rows: its values, whose C++ types decide the types of the columns.
class RowOfValues
{
public:
    template <class... T> static RowOfValues of(const T&... values)
    {
        static_assert((!std::is_same_v<T, Unset> && ...),
                      "coodie: a row of a result holds a value or null, never unset");
        RowOfValues made;
        made.values_.add(values...);
        made.types_ = detail::types_of<T...>;
        return made;
    }
    const ValueBuffer& values() const noexcept { return values_; }
    std::span<const TypeOf> types() const noexcept { return types_; }

private:
    ValueBuffer values_;
    std::span<const TypeOf> types_;
};

/// A null is an empty std::optional of the column's type.
template <class... T> RowOfValues row(const T&... values)
{
    auto bound = [](const auto&... v) { return RowOfValues::of(v...); };
    return bound(detail::bindable(values)...);
}

using Names = std::initializer_list<std::string_view>;

/// Rows as a server would send them: `rows({"id", "name"}, row(1, "Ann"), row(2, "Bob"))`.
/// Errors: InvalidQueryError when the rows do not all have these columns, with the types of the first one.
COODIE_API Rows rows(Names names, std::span<const RowOfValues> content);
/// The same for columns of types that no C++ type decides: counter, timeuuid as Uuid ...
COODIE_API Rows rows(std::vector<ColumnSpec> columns, std::span<const RowOfValues> content);
template <class... Row>
    requires((sizeof...(Row) != 0) && (std::is_same_v<Row, RowOfValues> && ...))
Rows rows(Names names, const Row&... content)
{
    const RowOfValues all[] = {content...};
    return rows(names, std::span<const RowOfValues>{all});
}

/// No rows, in columns of these types: `no_rows<Uuid, std::string>({"id", "name"})`.
COODIE_API Rows no_rows(Names names, std::span<const TypeOf> types);
template <class... T> Rows no_rows(Names names)
{
    return no_rows(names, detail::types_of<T...>);
}

/// One page of several.
COODIE_API Rows page(Rows rows, std::vector<std::byte> paging_state);

}
