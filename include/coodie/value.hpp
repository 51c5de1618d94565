#pragma once

#include <coodie/codec.hpp>
#include <coodie/export.hpp>

namespace coodie {

/// Any CQL value, its type known at run time only.
class COODIE_API Value{};

}
