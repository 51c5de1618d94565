#pragma once

#include <coodie/data_type.hpp>
#include <string>
#include <vector>

namespace coodie {

/// A user type of a keyspace.
struct TypeMetadata
{
    struct Field
    {
        std::string name;
        DataType type;
        std::string type_text; ///< as CQL spells it

        friend bool operator==(const Field&, const Field&) = default;
    };

    std::string keyspace;
    std::string name;
    std::vector<Field> fields;

    friend bool operator==(const TypeMetadata&, const TypeMetadata&) = default;
};

}
