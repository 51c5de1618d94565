#include "owned_table.hpp"

namespace cases {

using coodie::Column;
using coodie::ColumnKind;
using coodie::OptionValue;

OwnedTable::OwnedTable(std::string_view keyspace, std::string_view table)
{
    view_.keyspace = keep(keyspace);
    view_.name = keep(table);
}

std::string_view OwnedTable::keep(std::string_view text)
{
    return texts_.emplace_back(text);
}

coodie::cql::ColumnNumber OwnedTable::column(std::string_view name)
{
    const auto number = view().index_of(name);
    if (number == columns_.size())
        add(name, "");
    return static_cast<coodie::cql::ColumnNumber>(number);
}

Column& OwnedTable::add(std::string_view name, std::string_view type)
{
    auto& column = columns_.emplace_back();
    column.name = keep(name);
    column.type_text = keep(type);
    column.counter = type == "counter";
    column.vector = type.starts_with("vector<");
    if (type.starts_with("list<"))
        column.container = coodie::Container::list;
    if (type.starts_with("set<"))
        column.container = coodie::Container::set;
    if (type.starts_with("map<"))
        column.container = coodie::Container::map;
    return column;
}

std::span<const coodie::TableOption> OwnedTable::entries(const Json& object)
{
    std::vector<coodie::TableOption> made;
    for (const auto& [name, value] : object.items()) {
        coodie::TableOption option{keep(name), {}};
        if (value.is_object())
            option.value = {OptionValue::map, 0, {}, entries(value)};
        else if (value.is_string())
            option.value = {OptionValue::text, 0, keep(value.get<std::string>()), {}};
        else if (value.is_number_integer())
            option.value = {OptionValue::number, value.get<std::int64_t>(), {}, {}};
        else
            option.value = {OptionValue::literal, 0, keep(value.dump()), {}};
        made.push_back(option);
    }
    return entries_.emplace_back(std::move(made));
}

const coodie::TableSchema& OwnedTable::view()
{
    view_.columns = columns_;
    view_.options = options_;
    return view_;
}

coodie::Similarity similarity_named(std::string_view name)
{
    if (name == "COSINE")
        return coodie::Similarity::cosine;
    if (name == "DOT_PRODUCT")
        return coodie::Similarity::dot_product;
    if (name == "EUCLIDEAN")
        return coodie::Similarity::euclidean;
    throw UnknownCase{"similarity function " + std::string{name}};
}

namespace {

ColumnKind kind_of(const Json& definition)
{
    if (definition.value("primary_key", false))
        return ColumnKind::partition_key;
    if (definition.value("clustering_key", false))
        return ColumnKind::clustering;
    return definition.value("static", false) ? ColumnKind::static_ : ColumnKind::regular;
}

ColumnKind kind_named(const std::string& kind)
{
    if (kind == "partition_key")
        return ColumnKind::partition_key;
    if (kind == "clustering")
        return ColumnKind::clustering;
    if (kind == "static")
        return ColumnKind::static_;
    if (kind == "regular")
        return ColumnKind::regular;
    throw UnknownCase{"column kind " + kind};
}

coodie::Order order_named(const std::string& order)
{
    return order == "DESC" ? coodie::descending : coodie::ascending;
}

void read_vector_index(OwnedTable& table, Column& column, const Json& definition)
{
    if (definition.contains("vector_index_name"))
        column.index_name = table.keep(definition["vector_index_name"].get<std::string>());
    if (definition.contains("vector_index_options"))
        column.vector_index =
            similarity_named(definition["vector_index_options"]["similarity_function"].get<std::string>());
}

}

Column& add_definition(OwnedTable& table, const Json& definition)
{
    auto& column = table.add(definition["name"].get<std::string>(), definition["cql_type"].get<std::string>());
    column.kind = kind_of(definition);
    column.order = order_named(definition.value("clustering_order", "ASC"));
    const auto* place = column.kind == ColumnKind::clustering ? "clustering_key_index" : "partition_key_index";
    column.position = definition.value(place, std::uint8_t{0});
    column.indexed = definition.value("index", false);
    if (definition.contains("index_name"))
        column.index_name = table.keep(definition["index_name"].get<std::string>());
    read_vector_index(table, column, definition);
    return column;
}

Column& add_model_column(OwnedTable& table, const Json& definition)
{
    auto& column = table.add(definition["name"].get<std::string>(), definition["cql"].get<std::string>());
    column.kind = kind_named(definition["kind"].get<std::string>());
    column.order = order_named(definition.value("order", "ASC"));
    column.position = definition.value("position", std::uint8_t{0});
    column.indexed = definition.value("index", false);
    if (definition.contains("index_name"))
        column.index_name = table.keep(definition["index_name"].get<std::string>());
    if (definition.contains("vector_index"))
        column.vector_index = similarity_named(definition["vector_index"]["similarity_function"].get<std::string>());
    return column;
}

}
