#include "parts.hpp"

#include <algorithm>

namespace fake_cluster {
namespace {

using namespace coodie::testing;
using Fields = std::vector<std::pair<std::string, std::string>>;

Fields fields_of(const Description& description)
{
    Fields fields;
    for (const auto& [name, type] : description.members())
        fields.emplace_back(name, type.text());
    return fields;
}

void mark(FakeTable& table, const Description& names, const char* kind, const char* order)
{
    int position = 0;
    for (const auto& name : names.elements()) {
        const auto found = std::find_if(table.columns.begin(), table.columns.end(),
                                        [&](const FakeColumn& column) { return column.name == name.text(); });
        if (found == table.columns.end())
            name.fail("the table has no column '" + name.text() + "'");
        found->kind = kind;
        found->position = position++;
        found->order = order;
    }
}

FakeTable table_of(const Description& description)
{
    description.only({"name", "columns", "partition_key", "clustering", "indexes"});
    auto made = table(description.at("name").text(), fields_of(description.at("columns")), 0);
    mark(made, description.at("partition_key"), "partition_key", "none");
    description.if_has("clustering", [&](const auto& names) { mark(made, names, "clustering", "asc"); });
    description.if_has("indexes", [&](const auto& indexes) {
        for (const auto& [name, target] : indexes.members())
            made.indexes.push_back({.name = name, .options = {{"target", target.text()}}});
    });
    return made;
}

FakeKeyspace keyspace_of(const Description& description)
{
    description.only({"name", "replication", "durable_writes", "tables", "types"});
    FakeKeyspace keyspace{.name = description.at("name").text()};
    description.if_has("replication", [&](const auto& replication) {
        keyspace.replication.clear();
        for (auto& [key, value] : fields_of(replication))
            keyspace.replication.emplace(key, value);
    });
    description.if_has("durable_writes", [&](const auto& truth) { keyspace.durable_writes = truth.truth(); });
    description.if_has("types", [&](const auto& types) {
        for (const auto& [name, fields] : types.members())
            keyspace.types.push_back({name, fields_of(fields)});
    });
    description.if_has("tables", [&](const auto& tables) {
        for (const auto& one : tables.elements())
            keyspace.tables.push_back(table_of(one));
    });
    return keyspace;
}

}

FakeSchema schema_of(const Description& keyspaces)
{
    FakeSchema schema;
    for (const auto& keyspace : keyspaces.elements())
        schema.push_back(keyspace_of(keyspace));
    return schema;
}

}
