#pragma once

#include <coodie/value.hpp>

namespace integration {

/// A CQL type as a column may have it, and values that must come back as they went: the smallest, the largest, the
/// odd. Null is tried for every type.
struct TypeExample
{
    std::string type;
    std::vector<coodie::Value> values;
};

std::vector<TypeExample> scalar_examples();
std::vector<TypeExample> collection_examples();
/// Types that use `user_types`.
std::vector<TypeExample> user_type_examples();
std::vector<std::string> user_types();

/// Types whose columns may hold zero bytes that are not null.
std::vector<const char*> types_with_empty_values();

/// All of the above that a table can have side by side.
std::vector<TypeExample> all_examples();

}
