#pragma once

#include <lib/metadata/user_types.hpp>

namespace coodie::metadata {

/// Gives the columns, functions and aggregates of a keyspace their types anew, after its user types changed. What stays
/// the same stays shared; what names a type that is gone is left out and told of in `problems`.
void retype(KeyspaceMetadata& keyspace, UserTypes& types);

/// `fresh`, with those parts of `known` that are equal.
template <class Part> ByName<Part> share_equal(ByName<Part> fresh, const ByName<Part>& known)
{
    for (auto& [name, part] : fresh)
        if (const auto before = find_named(known, name); before && *before == *part)
            part = before;
    return fresh;
}

}
