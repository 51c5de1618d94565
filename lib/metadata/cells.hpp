#pragma once

#include <coodie/container_codecs.hpp>
#include <coodie/rows.hpp>

namespace coodie::metadata {

/// The cell of this column: none when there is no such column, when it is null, or when it is no T.
template <class T> std::optional<T> read(const Row& row, std::string_view column)
{
    const auto& columns = row.metadata().columns;
    const auto place = row.metadata().index_of(column);
    if (place == columns.size())
        return {};
    const auto cell = row.cell(place);
    if (cell.is_null())
        return {};
    T loaded{};
    if constexpr (requires { Codec<T>::load_any(cell, columns[place].type, loaded); }) {
        if (!Codec<T>::load_any(cell, columns[place].type, loaded))
            return {};
    } else if (!detail::accepts_type<T>(columns[place].type) || !detail::load_cell(cell, loaded))
        return {};
    return loaded;
}

inline std::string read_text(const Row& row, std::string_view column)
{
    return read<std::string>(row, column).value_or(std::string{});
}

using Texts = std::vector<std::string>;

inline Texts read_texts(const Row& row, std::string_view column)
{
    return read<Texts>(row, column).value_or(Texts{});
}

}
