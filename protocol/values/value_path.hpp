#pragma once

#include <coodie/value.hpp>
#include <string>
#include <string_view>

namespace coodie::protocol {

/// Types nest no deeper than this, so values do not either.
inline constexpr std::size_t max_value_depth = 32;

/// Where inside a value something was wrong, and what. Filled while the recursion returns, innermost part first.
class ValuePath
{
public:
    /// Keeps the first reason; always false, to return it.
    bool because(std::string reason);
    bool inside(std::string_view part, std::size_t index); ///< "element 3"; always false
    bool inside_field(std::string_view name);              ///< "field 'zip'"; always false

    /// "list<int>: element 3: null is no int"
    Error error(const DataType& type) const;

private:
    std::string reason_;
    std::string path_;
};

/// The kind of a value, for sentences: "null", "integer", "text" ...
std::string_view kind_of(const Value& value) noexcept;

/// Whether a type has as many elements as its kind needs; asks no further.
bool is_complete(const DataType& type) noexcept;

/// Bytes of one element where Cassandra packs vectors, else 0: most types keep a length before each element.
/// Saturates at the largest number.
std::size_t packed_size(const DataType& type) noexcept;

}
