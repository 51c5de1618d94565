#pragma once

#include <lib/metadata/user_types.hpp>

namespace coodie::metadata {

struct TypeOrder
{
    std::vector<std::size_t> places;     ///< each behind those that it is made of; by name where that leaves a choice
    std::vector<std::size_t> in_circles; ///< what stands in a circle, or is made of what does
};

/// Of definitions with the same name the last counts.
TypeOrder order_types(const std::vector<UserTypes::Definition>& definitions);

}
