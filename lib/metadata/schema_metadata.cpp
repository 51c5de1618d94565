#include <algorithm>
#include <coodie/metadata.hpp>

namespace coodie {

namespace {

template <class Part>
std::vector<std::shared_ptr<const Part>> parts_named(const ByName<Part>& parts, std::string_view name)
{
    std::vector<std::shared_ptr<const Part>> found;
    for (const auto& [key, part] : parts)
        if (part->name == name)
            found.push_back(part);
    return found;
}

}

const ColumnMetadata* RelationMetadata::column(std::string_view column) const noexcept
{
    const auto found = std::ranges::find(columns, column, &ColumnMetadata::name);
    return found == columns.end() ? nullptr : &*found;
}

std::vector<std::shared_ptr<const ViewMetadata>> KeyspaceMetadata::views_of(std::string_view table) const
{
    std::vector<std::shared_ptr<const ViewMetadata>> found;
    for (const auto& [key, view] : views)
        if (view->base_table == table)
            found.push_back(view);
    return found;
}

std::vector<std::shared_ptr<const FunctionMetadata>> KeyspaceMetadata::functions_named(std::string_view function) const
{
    return parts_named(functions, function);
}

std::vector<std::shared_ptr<const AggregateMetadata>>
KeyspaceMetadata::aggregates_named(std::string_view aggregate) const
{
    return parts_named(aggregates, aggregate);
}

std::shared_ptr<const TableMetadata> SchemaMetadata::table(std::string_view keyspace, std::string_view name) const
{
    const auto found = find_named(keyspaces, keyspace);
    return found ? found->table(name) : nullptr;
}

}
