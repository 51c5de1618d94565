#pragma once

#include <coodie/metadata/keyspace.hpp>
#include <coodie/result.hpp>
#include <set>

namespace coodie::metadata {

/// The user types of one keyspace, and with them the types of its columns and arguments.
/// No text, however hostile, makes a type deeper than 32 or of more than 65 535 parts; all that one of these objects
/// makes together has no more than 2^20 parts.
class UserTypes
{
public:
    struct Definition
    {
        std::string name;
        std::vector<std::string> field_names;
        std::vector<std::string> field_types; ///< as CQL spells them
    };
    using Problems = std::map<std::string, std::string, std::less<>>;

    /// Definitions that cannot be read, or that stand in a circle, are left out and told of in `problems`.
    UserTypes(std::string keyspace, std::vector<Definition> definitions, Problems& problems);
    /// Those that a snapshot has already.
    explicit UserTypes(const KeyspaceMetadata& known);

    const ByName<TypeMetadata>& types() const noexcept { return types_; }
    const std::vector<std::string>& order() const noexcept { return order_; }

    /// The type that CQL spells so, every user type in it with its fields.
    /// Errors: errc::bad_value for what is no type, names no type of this keyspace, or is too deep or too large.
    Result<DataType> parse(std::string_view text);

private:
    struct Known
    {
        DataType type;
        std::size_t parts = 0;
        std::size_t depth = 0;
    };

    void define(const Definition& definition, Problems& problems);
    void remember(const TypeMetadata& type);
    Error complete(DataType& type, std::size_t depth, std::size_t& parts);
    Error complete_named(DataType& type, std::size_t depth, std::size_t& parts);

    std::string keyspace_;
    ByName<TypeMetadata> types_;
    std::vector<std::string> order_;
    std::map<std::string, Known, std::less<>> known_;
    std::size_t parts_left_ = std::size_t{1} << 20U;
};

}
