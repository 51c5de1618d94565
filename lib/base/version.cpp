#include <coodie/version.hpp>

namespace coodie {

std::string_view version() noexcept
{
    return "0.1.0";
}

}
