#pragma once

#include <coodie/data_type.hpp>
#include <optional>
#include <string>
#include <vector>

namespace coodie {

struct ArgumentMetadata
{
    std::string name; ///< aggregates: empty
    DataType type;
    std::string type_text; ///< as CQL spells it

    friend bool operator==(const ArgumentMetadata&, const ArgumentMetadata&) = default;
};

struct FunctionMetadata
{
    std::string keyspace;
    std::string name;
    std::vector<ArgumentMetadata> arguments;
    DataType return_type;
    std::string return_type_text;
    std::string language;
    std::string body;
    bool called_on_null_input = false;

    friend bool operator==(const FunctionMetadata&, const FunctionMetadata&) = default;
};

struct AggregateMetadata
{
    std::string keyspace;
    std::string name;
    std::vector<ArgumentMetadata> arguments;
    DataType return_type;
    std::string return_type_text;
    std::string state_function;
    DataType state_type;
    std::string state_type_text;
    std::optional<std::string> final_function;
    std::optional<std::string> initial_condition; ///< a literal of CQL

    friend bool operator==(const AggregateMetadata&, const AggregateMetadata&) = default;
};

}
