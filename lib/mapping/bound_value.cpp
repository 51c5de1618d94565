#include <algorithm>
#include <coodie/error.hpp>
#include <coodie/mapping/bound_value.hpp>
#include <vector>

namespace coodie::detail {

void refuse_number(std::string_view column, std::string_view type)
{
    Error{errc::bad_value,
          "column '" + std::string{column} + "': the number does not fit " + std::string{type} + ", the member's type"}
        .raise();
}

void append_list(ValueBuffer& out, const ValueBuffer& elements)
{
    const auto bytes = elements.bytes();
    std::vector<std::byte> encoded(8 + bytes.size());
    auto* at = store_integer(encoded.data(), static_cast<std::int32_t>(4 + bytes.size()));
    at = store_integer(at, std::int32_t{elements.count()});
    std::copy(bytes.begin(), bytes.end(), at);
    out.append(encoded, 1);
}

}
