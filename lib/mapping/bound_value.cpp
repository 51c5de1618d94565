#include <coodie/error.hpp>
#include <coodie/mapping/bound_value.hpp>

namespace coodie::detail {

void refuse_number(std::string_view column, std::string_view type)
{
    Error{errc::bad_value,
          "column '" + std::string{column} + "': the number does not fit " + std::string{type} + ", the member's type"}
        .raise();
}

}
