#include "json_value.hpp"

#include <limits>
#include <protocol/types.hpp>

namespace vectors {

namespace {

using namespace coodie;

template <class T> T parsed(std::optional<T> value, const Json& json)
{
    expect(value.has_value(), "not of its type: " + json.dump());
    return std::move(*value);
}

const std::string& text(const Json& json)
{
    return json.get_ref<const std::string&>();
}

Varint whole_number(const Json& json)
{
    if (json.is_string())
        return parsed(Varint::parse(text(json)), json);
    return json.is_number_unsigned() ? Varint{json.get<std::uint64_t>()} : Varint{json.get<std::int64_t>()};
}

double floating(const Json& json)
{
    if (!json.is_string())
        return json.get<double>();
    return std::stod(text(json)); // "NaN", "Infinity", "-Infinity" and numbers
}

Decimal decimal(const Json& json)
{
    if (json.is_object())
        return {whole_number(json.at("unscaled")), static_cast<std::int32_t>(integer(json.at("scale")))};
    return parsed(Decimal::parse(json.is_string() ? text(json) : json.dump()), json);
}

Duration duration(const Json& json)
{
    if (json.is_string())
        return parsed(Duration::parse(text(json)), json);
    return {static_cast<std::int32_t>(integer(json.at("months"))), static_cast<std::int32_t>(integer(json.at("days"))),
            integer(json.at("nanos"))};
}

Value::List elements(const Json& json, const DataType& type)
{
    Value::List list;
    for (std::size_t i = 0; i != json.size(); ++i)
        list.push_back(value_of(json.at(i), type.id == TypeId::tuple ? type.elements.at(i) : type.elements.at(0)));
    return list;
}

Value::Map entries(const Json& json, const DataType& type)
{
    Value::Map map;
    if (json.is_object())
        for (const auto& [key, value] : json.items())
            map.emplace_back(value_of(key, type.elements.at(0)), value_of(value, type.elements.at(1)));
    else
        for (const auto& entry : json)
            map.emplace_back(value_of(entry.at(0), type.elements.at(0)), value_of(entry.at(1), type.elements.at(1)));
    return map;
}

Value::Record fields(const Json& json, const DataType& type)
{
    Value::Record record;
    for (std::size_t i = 0; i != json.size(); ++i) {
        const auto& name = type.field_names.at(i);
        record.emplace_back(name, value_of(json.is_object() ? json.at(name) : json.at(i), type.elements.at(i)));
    }
    return record;
}

}

DataType type_named(const Json& text)
{
    return accepted("type " + text.dump(), protocol::parse_cql_type(text.get_ref<const std::string&>()));
}

Value value_of(const Json& json, const DataType& type)
{
    if (json.is_null())
        return {};
    if (json.is_object() && json.contains("empty"))
        return Value::Empty{};
    switch (type.id) {
    case TypeId::bigint:
    case TypeId::counter:
    case TypeId::int_:
    case TypeId::smallint:
    case TypeId::tinyint:
    case TypeId::varint: return whole_number(json);
    case TypeId::ascii:
    case TypeId::text: return text(json);
    case TypeId::blob:
    case TypeId::custom: return bytes_of(json);
    case TypeId::boolean: return json.get<bool>();
    case TypeId::decimal: return decimal(json);
    case TypeId::double_:
    case TypeId::float_: return floating(json);
    case TypeId::timestamp: return Timestamp{std::chrono::milliseconds{integer(json)}};
    case TypeId::uuid:
    case TypeId::timeuuid: return parsed(Uuid::parse(text(json)), json);
    case TypeId::inet: return parsed(Inet::parse(text(json)), json);
    case TypeId::date: return Date{static_cast<std::uint32_t>(natural(json))};
    case TypeId::time: return parsed(Time::from(std::chrono::nanoseconds{integer(json)}), json);
    case TypeId::duration: return duration(json);
    case TypeId::list:
    case TypeId::set:
    case TypeId::tuple:
    case TypeId::vector: return elements(json, type);
    case TypeId::map: return entries(json, type);
    case TypeId::udt: return fields(json, type);
    }
    throw Mismatch{"a type that the facts do not write values of"};
}

}
