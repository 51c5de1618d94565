#include <coodie/testing/rows.hpp>

namespace coodie::testing {

namespace {

[[noreturn]] void refuse(std::string message)
{
    Error{errc::invalid_query, "testing::rows: " + std::move(message)}.raise();
}

std::vector<ColumnSpec> columns_of(Names names, std::span<const TypeOf> types)
{
    if (types.size() != names.size())
        refuse(std::to_string(names.size()) + " columns, but " + std::to_string(types.size()) + " values in a row");
    std::vector<ColumnSpec> columns;
    for (const auto name : names)
        columns.push_back({"test", "test", std::string{name}, types[columns.size()]()});
    return columns;
}

void check(const RowOfValues& row, const std::vector<ColumnSpec>& columns)
{
    if (row.types().size() != columns.size())
        refuse(std::to_string(columns.size()) + " columns, but " + std::to_string(row.types().size()) +
               " values in a row");
}

void check_types(std::span<const RowOfValues> content, const std::vector<ColumnSpec>& columns)
{
    for (const auto& row : content) {
        check(row, columns);
        for (std::size_t i = 0; i != columns.size(); ++i)
            if (row.types()[i]() != columns[i].type)
                refuse("column '" + columns[i].name + "' is " + columns[i].type.to_string() + " in one row and " +
                       row.types()[i]().to_string() + " in another");
    }
}

}

Rows rows(std::vector<ColumnSpec> columns, std::span<const RowOfValues> content)
{
    std::vector<std::byte> bytes;
    for (const auto& row : content) {
        check(row, columns);
        const auto values = row.values().bytes();
        bytes.insert(bytes.end(), values.begin(), values.end());
    }
    auto metadata = std::make_shared<ResultMetadata>();
    metadata->columns = std::move(columns);
    return Rows::copy_of(std::move(metadata), bytes, content.size());
}

Rows rows(Names names, std::span<const RowOfValues> content)
{
    if (content.empty())
        refuse("no row to take the types from; use no_rows<T...>(names)");
    auto columns = columns_of(names, content.front().types());
    check_types(content, columns);
    return rows(std::move(columns), content);
}

Rows no_rows(Names names, std::span<const TypeOf> types)
{
    return rows(columns_of(names, types), {});
}

Rows page(Rows rows, std::vector<std::byte> paging_state)
{
    auto metadata = std::make_shared<ResultMetadata>();
    metadata->columns = rows.metadata().columns;
    auto extras = std::make_unique<ResponseExtras>();
    extras->paging_state = std::move(paging_state);
    return Rows::copy_of(std::move(metadata), rows.content(), rows.size(), std::move(extras));
}

}
