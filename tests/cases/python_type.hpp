#pragma once

#include "case.hpp"

#include <coodie/data_type.hpp>
#include <coodie/mapping/table_schema.hpp>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace cases {

/// A type annotation that has no CQL type.
struct NoSuchType : std::runtime_error
{
    using std::runtime_error::runtime_error;
};

/// `Annotated[list[float], Vector(dimensions=3)]` as a tree: a name, what is in its brackets, what is in its
/// parentheses.
struct Annotation
{
    std::string name;
    std::vector<Annotation> elements;
    std::vector<std::pair<std::string, std::string>> arguments; ///< name (empty when positional) and value
    bool bracketed = false;
};

Annotation parse_annotation(std::string_view text);

/// What an annotation says about a column.
struct PythonType
{
    coodie::DataType type;
    bool frozen = false;
    coodie::Column column; ///< its marks: keys, indexes, counter ...; name and type are not set
};

/// Names of user types by class: those with a name of their own; the others are called as their class is.
using UserTypeNames = std::map<std::string, std::string, std::less<>>;

PythonType python_type(std::string_view annotation, const UserTypeNames& user_types);

}
