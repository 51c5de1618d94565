#include "text.hpp"

namespace coodie::cql {

namespace {

std::string index_name(std::string_view table, const Column& column)
{
    if (!column.index_name.empty())
        return quoted_name(column.index_name);
    return quoted_name(schema_name(table) + "_" + std::string{column.name} + "_idx");
}

std::string_view similarity_text(Similarity similarity) noexcept
{
    switch (similarity) {
    case Similarity::none: return {};
    case Similarity::cosine: return "COSINE";
    case Similarity::dot_product: return "DOT_PRODUCT";
    case Similarity::euclidean: return "EUCLIDEAN";
    }
    return {};
}

std::string target_text(std::string_view keyspace, std::string_view table, const Column& column)
{
    return " ON " + qualified_name(keyspace, table) + " (" + quoted_column(column.name) + ")";
}

}

std::string create_index(std::string_view keyspace, std::string_view table, const Column& column)
{
    return "CREATE INDEX IF NOT EXISTS " + index_name(table, column) + target_text(keyspace, table, column);
}

std::string create_custom_index(std::string_view keyspace, std::string_view table, const Column& column,
                                std::string_view index_class, std::span<const TableOption> options)
{
    const auto with = options.empty() ? std::string{} : " WITH OPTIONS = " + map_text(options);
    return "CREATE CUSTOM INDEX IF NOT EXISTS " + index_name(table, column) + target_text(keyspace, table, column) +
           " USING " + quoted_text(index_class) + with;
}

std::string create_vector_index(std::string_view keyspace, std::string_view table, const Column& column)
{
    if (column.vector_index == Similarity::none)
        return create_custom_index(keyspace, table, column, "vector_index");
    const TableOption similarity{"similarity_function",
                                 {OptionValue::text, 0, similarity_text(column.vector_index), {}}};
    return create_custom_index(keyspace, table, column, "vector_index", {&similarity, 1});
}

std::string drop_index(std::string_view keyspace, std::string_view index)
{
    const bool folded = index == schema_name(index);
    const auto name = folded || detail::is_quoted(index) ? quoted_name(index) : quoted_column(index);
    return "DROP INDEX IF EXISTS " + (keyspace.empty() ? name : quoted_name(keyspace) + "." + name);
}

std::vector<std::string> sync_statements(const TableSchema& table, std::string_view keyspace)
{
    const auto space = keyspace.empty() ? table.keyspace : keyspace;
    std::vector<std::string> statements{create_table(table, space)};
    for (const auto& column : table.columns) {
        if (column.indexed)
            statements.push_back(create_index(space, table.name, column));
        if (column.vector_index != Similarity::none)
            statements.push_back(create_vector_index(space, table.name, column));
    }
    return statements;
}

}
