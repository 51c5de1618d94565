#pragma once

#include <coodie/metadata/keyspace.hpp>

namespace coodie {

/// The schema of a cluster as it once was. What changes is read into the next snapshot; the rest is shared with it.
/// Names are as the server keeps them: without quotes, in their own case.
/// Threads: immutable; share it freely.
struct COODIE_API SchemaMetadata
{
    ByName<KeyspaceMetadata> keyspaces;

    std::shared_ptr<const KeyspaceMetadata> keyspace(std::string_view name) const
    {
        return find_named(keyspaces, name);
    }
    std::shared_ptr<const TableMetadata> table(std::string_view keyspace, std::string_view name) const;
};

}
