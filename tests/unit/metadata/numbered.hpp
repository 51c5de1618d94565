#pragma once

#include <coodie/uuid.hpp>

inline coodie::Uuid numbered(int number)
{
    coodie::Uuid uuid;
    uuid.bytes[15] = static_cast<std::byte>(number);
    return uuid;
}
