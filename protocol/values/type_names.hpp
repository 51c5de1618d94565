#pragma once

#include <array>
#include <coodie/data_type.hpp>
#include <optional>
#include <string_view>

namespace coodie::protocol {

/// A scalar type under both its names. `int_` is "int" in CQL and "Int32Type" in a server's class names.
struct ScalarName
{
    TypeId id;
    std::string_view cql;
    std::string_view marshal;
};

inline constexpr std::array scalar_names{
    ScalarName{TypeId::ascii, "ascii", "AsciiType"},
    ScalarName{TypeId::bigint, "bigint", "LongType"},
    ScalarName{TypeId::blob, "blob", "BytesType"},
    ScalarName{TypeId::boolean, "boolean", "BooleanType"},
    ScalarName{TypeId::counter, "counter", "CounterColumnType"},
    ScalarName{TypeId::decimal, "decimal", "DecimalType"},
    ScalarName{TypeId::double_, "double", "DoubleType"},
    ScalarName{TypeId::float_, "float", "FloatType"},
    ScalarName{TypeId::int_, "int", "Int32Type"},
    ScalarName{TypeId::timestamp, "timestamp", "TimestampType"},
    ScalarName{TypeId::timestamp, "timestamp", "DateType"}, // what timestamps were once; dates are SimpleDateType
    ScalarName{TypeId::uuid, "uuid", "UUIDType"},
    ScalarName{TypeId::text, "text", "UTF8Type"},
    ScalarName{TypeId::text, "varchar", "UTF8Type"},
    ScalarName{TypeId::varint, "varint", "IntegerType"},
    ScalarName{TypeId::timeuuid, "timeuuid", "TimeUUIDType"},
    ScalarName{TypeId::inet, "inet", "InetAddressType"},
    ScalarName{TypeId::date, "date", "SimpleDateType"},
    ScalarName{TypeId::time, "time", "TimeType"},
    ScalarName{TypeId::smallint, "smallint", "ShortType"},
    ScalarName{TypeId::tinyint, "tinyint", "ByteType"},
    ScalarName{TypeId::duration, "duration", "DurationType"},
};

}
