#pragma once

#include <string_view>

/// For what a sentence must tell.
inline bool contains(std::string_view text, std::string_view part)
{
    return text.find(part) != text.npos;
}
