#include <algorithm>
#include <coodie/rows.hpp>
#include <cstring>

void std::default_delete<coodie::ResponseExtras>::operator()(coodie::ResponseExtras* extras) const noexcept
{
    delete extras;
}

namespace coodie {

namespace {

std::string described(const ColumnSpec& column)
{
    auto text = "column '" + column.name + "'";
    if (!column.table.empty())
        text += " of " + column.keyspace + "." + column.table;
    return text;
}

std::string names_of(const ResultMetadata& metadata)
{
    std::string names;
    for (const auto& column : metadata.columns) {
        names += names.empty() ? "" : ", ";
        if (names.size() > 200)
            return names + "...";
        names += column.name;
    }
    return names.empty() ? "none" : names;
}

/// Bytes that one Rows owns.
struct CopiedBytes : SharedBytes::Owner
{
    explicit CopiedBytes(std::span<const std::byte> content)
        : Owner{[](Owner* owner) noexcept { delete static_cast<CopiedBytes*>(owner); }},
          bytes{content.begin(), content.end()}
    {
    }
    std::vector<std::byte> bytes;
};

bool holds_rows(std::span<const std::byte> content, std::size_t rows, std::size_t columns)
{
    if (rows > content.size() / 4 || (rows != 0 && columns == 0))
        return false;
    detail::ElementReader reader{content};
    Cell cell;
    for (; rows != 0; --rows)
        for (auto column = columns; column != 0; --column)
            if (!reader.next(cell))
                return false;
    return reader.at_end();
}

}

std::size_t ResultMetadata::index_of(std::string_view name) const noexcept
{
    const auto same = [name](const ColumnSpec& column) { return column.name == name; };
    return static_cast<std::size_t>(std::find_if(columns.begin(), columns.end(), same) - columns.begin());
}

void Row::refuse(std::size_t column) const
{
    Error{errc::invalid_query, "a row of " + std::to_string(size()) + " columns has no column " +
                                   std::to_string(column) + "; they are counted from 0"}
        .raise();
}

Row::Field Row::operator[](std::string_view name) const
{
    const auto column = metadata_->index_of(name);
    if (column == size())
        Error{errc::invalid_query,
              "the rows have no column '" + std::string{name} + "'; they have " + names_of(*metadata_)}
            .raise();
    return (*this)[column];
}

void Row::Field::fail(const DataType& wanted) const
{
    auto text = described(*column_) + ": ";
    if (wanted != column_->type)
        text += "the server's type is " + column_->type.to_string() + ", the C++ type reads " + wanted.to_string() +
                "; read it as a type for " + column_->type.to_string();
    else if (cell_.is_null())
        text += "null where a value of type " + wanted.to_string() + " is read; read it as std::optional";
    else
        text +=
            std::to_string(cell_.size) + " bytes that are no " + wanted.to_string() + "; cell() has them as they came";
    Error{errc::bad_value, std::move(text)}.raise();
}

Rows::Rows() noexcept = default;
Rows::Rows(Rows&&) noexcept = default;
Rows& Rows::operator=(Rows&&) noexcept = default;
Rows::~Rows() = default;

Rows Rows::copy_of(std::shared_ptr<const ResultMetadata> metadata, std::span<const std::byte> content, std::size_t rows,
                   std::unique_ptr<ResponseExtras> extras)
{
    const auto columns = metadata ? metadata->columns.size() : 0;
    if (!holds_rows(content, rows, columns))
        Error{errc::protocol, std::to_string(content.size()) + " bytes are not " + std::to_string(rows) + " rows of " +
                                  std::to_string(columns) + " columns"}
            .raise();
    auto* owner = new CopiedBytes{content};
    return {SharedBytes{owner}, std::move(metadata), owner->bytes, rows, std::move(extras)};
}

Rows Rows::detached() &&
{
    auto* owner = new CopiedBytes{content_};
    const auto block = std::move(bytes_);
    return {SharedBytes{owner}, std::move(metadata_), owner->bytes, std::exchange(rows_, 0), std::move(extras_)};
}

const ResultMetadata& Rows::metadata() const noexcept
{
    static const ResultMetadata none;
    return metadata_ ? *metadata_ : none;
}

Row Rows::operator[](std::size_t row) const
{
    if (row >= rows_)
        Error{errc::invalid_query, "a page of " + std::to_string(rows_) + " rows has no row " + std::to_string(row) +
                                       "; they are counted from 0"}
            .raise();
    auto at = begin();
    for (; row != 0; --row)
        ++at;
    return *at;
}

std::vector<std::string> Rows::column_names() const
{
    std::vector<std::string> names;
    for (const auto& column : metadata().columns)
        names.push_back(column.name);
    return names;
}

std::vector<DataType> Rows::column_types() const
{
    std::vector<DataType> types;
    for (const auto& column : metadata().columns)
        types.push_back(column.type);
    return types;
}

std::span<const std::byte> Rows::paging_state() const noexcept
{
    return extras_ ? std::span<const std::byte>{extras_->paging_state} : std::span<const std::byte>{};
}

}
