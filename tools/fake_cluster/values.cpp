#include "values.hpp"

#include <coodie/exceptions.hpp>
#include <limits>

namespace fake_cluster {
namespace {

using namespace coodie;

template <class T> Value parsed(const Description& description, const char* what)
{
    if (const auto value = T::parse(description.text()))
        return *value;
    description.fail("'" + description.text() + "' is no " + what);
}

std::int64_t integer(const Description& description)
{
    return description.whole_number(std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max());
}

Value blob_of(const Description& description)
{
    if (auto bytes = parse_hex(description.text()))
        return *std::move(bytes);
    description.fail("a blob is written in hexadecimal digits, without 0x");
}

/// Days since 1970.
Value date_of(const Description& description)
{
    const std::chrono::days since{description.whole_number(-0x8000'0000LL, 0x7FFF'FFFFLL)};
    return *Date::from(std::chrono::sys_days{since});
}

Value time_of(const Description& description)
{
    const std::chrono::nanoseconds since{integer(description)};
    if (const auto time = Time::from(since))
        return *time;
    description.fail("a time is nanoseconds since midnight, less than a day");
}

Value list_of(const Description& description, const DataType& type)
{
    Value::List list;
    for (const auto& element : description.elements()) {
        if (type.id == TypeId::tuple && list.size() == type.elements.size())
            description.fail("more elements than " + type.to_string() + " has");
        list.push_back(value_of(element, type.elements[type.id == TypeId::tuple ? list.size() : 0]));
    }
    return list;
}

Value map_of(const Description& description, const DataType& type)
{
    Value::Map map;
    for (const auto& entry : description.elements()) {
        const auto pair = entry.elements();
        if (pair.size() != 2)
            entry.fail("an entry of a map is a list of a key and a value");
        map.emplace_back(value_of(pair[0], type.elements[0]), value_of(pair[1], type.elements[1]));
    }
    return map;
}

Value record_of(const Description& description, const DataType& type)
{
    Value::Record record;
    for (std::size_t i = 0; i != type.elements.size(); ++i)
        if (const auto* name = type.field_names[i].c_str(); description.has(name))
            record.emplace_back(name, value_of(description.at(name), type.elements[i]));
    return record;
}

Value checked(Value value, const Description& description, const DataType& type)
{
    if (const auto encoded = encode(value, type); !encoded)
        description.fail(encoded.error().message());
    return value;
}

Value not_null(const Description& description, const DataType& type)
{
    switch (type.id) {
    case TypeId::boolean: return description.truth();
    case TypeId::tinyint:
    case TypeId::smallint:
    case TypeId::int_:
    case TypeId::bigint:
    case TypeId::counter: return integer(description);
    case TypeId::varint:
        return description.json().is_string() ? parsed<Varint>(description, "varint") : Value{integer(description)};
    case TypeId::decimal: return parsed<Decimal>(description, "decimal");
    case TypeId::float_:
    case TypeId::double_: return description.number();
    case TypeId::ascii:
    case TypeId::text: return description.text();
    case TypeId::uuid:
    case TypeId::timeuuid: return parsed<Uuid>(description, "uuid");
    case TypeId::inet: return parsed<Inet>(description, "address");
    case TypeId::duration: return parsed<Duration>(description, "duration");
    case TypeId::timestamp: return Timestamp{std::chrono::milliseconds{integer(description)}};
    case TypeId::date: return date_of(description);
    case TypeId::time: return time_of(description);
    case TypeId::custom:
    case TypeId::blob: return blob_of(description);
    case TypeId::list:
    case TypeId::set:
    case TypeId::tuple:
    case TypeId::vector: return list_of(description, type);
    case TypeId::map: return map_of(description, type);
    case TypeId::udt: return record_of(description, type);
    }
    return {};
}

}

Value value_of(const Description& description, const DataType& type)
{
    if (description.json().is_null())
        return {};
    return checked(not_null(description, type), description, type);
}

std::vector<ColumnSpec> columns_of(const Description& description)
{
    std::vector<ColumnSpec> columns;
    for (const auto& [name, type] : description.members()) {
        try {
            columns.push_back(testing::column(name, type.text()));
        } catch (const CoodieError& thrown) {
            type.fail(thrown.error().message());
        }
    }
    return columns;
}

Rows rows_of(const Description& description)
{
    const auto columns = columns_of(description.at("columns"));
    std::vector<std::byte> content;
    const auto rows = description.has("rows") ? description.at("rows").elements() : std::vector<Description>{};
    for (const auto& row : rows) {
        const auto cells = row.elements();
        if (cells.size() != columns.size())
            row.fail(std::to_string(cells.size()) + " values, but " + std::to_string(columns.size()) + " columns");
        for (std::size_t i = 0; i != cells.size(); ++i)
            if (const auto error = append_value(content, value_of(cells[i], columns[i].type), columns[i].type))
                cells[i].fail(error.message());
    }
    auto metadata = std::make_shared<ResultMetadata>();
    metadata->columns = columns;
    return Rows::copy_of(std::move(metadata), content, rows.size());
}

}
