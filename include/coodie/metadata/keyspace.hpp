#pragma once

#include <coodie/metadata/function.hpp>
#include <coodie/metadata/replication.hpp>
#include <coodie/metadata/table.hpp>
#include <coodie/metadata/user_type.hpp>

namespace coodie {

struct COODIE_API KeyspaceMetadata
{
    std::string name;
    Replication replication;
    bool durable_writes = true;
    bool is_virtual = false;
    ByName<TableMetadata> tables;
    ByName<ViewMetadata> views;
    ByName<TypeMetadata> types;
    std::vector<std::string> type_order;  ///< their names; each type behind those that it is made of
    ByName<FunctionMetadata> functions;   ///< by signature: "plus(int,int)"
    ByName<AggregateMetadata> aggregates; ///< ″
    /// The parts that are missing because nobody can read them, and why: "table users", "type address" ...
    std::map<std::string, std::string, std::less<>> problems;

    std::shared_ptr<const TableMetadata> table(std::string_view named) const { return find_named(tables, named); }
    std::shared_ptr<const ViewMetadata> view(std::string_view named) const { return find_named(views, named); }
    std::shared_ptr<const TypeMetadata> type(std::string_view named) const { return find_named(types, named); }
    std::vector<std::shared_ptr<const ViewMetadata>> views_of(std::string_view table) const;
    /// Every overload of this name.
    std::vector<std::shared_ptr<const FunctionMetadata>> functions_named(std::string_view function) const;
    std::vector<std::shared_ptr<const AggregateMetadata>> aggregates_named(std::string_view aggregate) const;

    friend bool operator==(const KeyspaceMetadata&, const KeyspaceMetadata&) = default;
};

}
