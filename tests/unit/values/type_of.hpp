#pragma once

#include <protocol/types.hpp>

inline coodie::DataType type_of(const char* text)
{
    return coodie::protocol::parse_cql_type(text).value();
}
