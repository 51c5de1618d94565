#include "statement_parts.hpp"

namespace cases {

using coodie::Op;
using coodie::cql::Changing;
using coodie::cql::Marker;

namespace {

/// Words of coodie's builders ("=", "IN") and of its keyword arguments ("eq", "in").
Op op_named(const std::string& name)
{
    static const std::map<std::string, Op> ops{{"=", Op::eq},
                                               {"eq", Op::eq},
                                               {"!=", Op::ne},
                                               {"ne", Op::ne},
                                               {"<", Op::lt},
                                               {"lt", Op::lt},
                                               {"<=", Op::le},
                                               {"lte", Op::le},
                                               {">", Op::gt},
                                               {"gt", Op::gt},
                                               {">=", Op::ge},
                                               {"gte", Op::ge},
                                               {"IN", Op::in},
                                               {"in", Op::in},
                                               {"CONTAINS", Op::contains},
                                               {"contains", Op::contains},
                                               {"LIKE", Op::like},
                                               {"like", Op::like},
                                               {"CONTAINS KEY", Op::contains_key},
                                               {"contains_key", Op::contains_key},
                                               {"IS NULL", Op::is_null},
                                               {"IS NOT NULL", Op::is_not_null}};
    const auto found = ops.find(name);
    if (found == ops.end())
        throw UnknownCase{"operator " + name};
    return found->second;
}

Changing changing_named(const std::string& name)
{
    static const std::map<std::string, Changing> words{{"add", Changing::add},       {"append", Changing::add},
                                                       {"update", Changing::add},    {"prepend", Changing::prepend},
                                                       {"remove", Changing::remove}, {"put", Changing::put},
                                                       {"setindex", Changing::put}};
    const auto found = words.find(name);
    if (found == words.end())
        throw UnknownCase{"collection operation " + name};
    return found->second;
}

coodie::cql::Condition condition(OwnedTable& table, const std::string& column, std::string op, const Json& value)
{
    coodie::cql::Condition made{table.column(column), Op::eq, false};
    for (const std::string prefix : {"token_", "TOKEN "})
        if (op.starts_with(prefix)) {
            made.token = true;
            op.erase(0, prefix.size());
        }
    if (op == "isnull")
        made.op = value.get<bool>() ? Op::is_null : Op::is_not_null;
    else
        made.op = op_named(op);
    return made;
}

std::uint16_t length_of(const Json& value)
{
    return static_cast<std::uint16_t>(value.is_array() ? value.size() : 0);
}

}

void StatementParts::add_condition(const std::string& column, const std::string& op, const Json& value)
{
    shape.conditions.push(condition(table, column, op, value));
    conditions_.push_back(value);
    in_conditions_.push_back(length_of(value));
}

void StatementParts::add_if(const std::string& column, const std::string& op, const Json& value)
{
    shape.only_if = coodie::cql::If::conditions;
    shape.if_conditions.push(condition(table, column, op, value));
    ifs_.push_back(value);
    in_ifs_.push_back(length_of(value));
}

void StatementParts::assign(const std::string& column, const Json& value)
{
    shape.changes.push({table.column(column), Changing::assign});
    changes_.push_back(value);
    keys_.push_back(nullptr);
}

void StatementParts::add_operation(const std::string& column, const std::string& operation, const Json& value)
{
    const auto changing = changing_named(operation);
    shape.changes.push({table.column(column), changing});
    const auto& pair = value.is_object() && value.contains("$tuple") ? value["$tuple"] : value;
    changes_.push_back(changing == Changing::put ? pair.at(1) : value);
    keys_.push_back(changing == Changing::put ? pair.at(0) : Json{});
}

void StatementParts::erase_element(const std::string& column, const Json& key)
{
    shape.changes.push({table.column(column), Changing::erase});
    changes_.push_back(nullptr);
    keys_.push_back(key);
}

void StatementParts::sort(std::string_view column)
{
    using coodie::cql::Sorting;
    const bool down = column.starts_with('-');
    if (shape.order_by.empty() || shape.order_by[0].sorting != Sorting::ann)
        shape.order_by.push(
            {table.column(column.substr(down ? 1 : 0)), down ? Sorting::descending : Sorting::ascending});
}

void StatementParts::sort_near(const std::string& column, const Json& vector)
{
    shape.order_by = {};
    shape.order_by.push({table.column(column), coodie::cql::Sorting::ann});
    ann_ = vector;
}

void StatementParts::limit(const Json& number)
{
    shape.limit = true;
    numbers_.limit = number.get<std::int64_t>();
}
void StatementParts::per_partition_limit(const Json& number)
{
    shape.per_partition_limit = true;
    numbers_.per_partition_limit = number.get<std::int64_t>();
}
void StatementParts::ttl(const Json& number)
{
    shape.ttl = true;
    numbers_.ttl = number.get<std::int64_t>();
}
void StatementParts::timestamp(const Json& number)
{
    shape.timestamp = true;
    numbers_.timestamp = number.get<std::int64_t>();
}

coodie::cql::Inlined StatementParts::inlined()
{
    numbers_.in_condition = in_conditions_;
    numbers_.in_only_if = in_ifs_;
    return numbers_;
}

Json StatementParts::value_of(Marker marker)
{
    const auto element = [&](const Json& value, Op op) {
        return op == Op::in ? value.at(taken_[{marker.kind, marker.index}]++) : value;
    };
    switch (marker.kind) {
    case Marker::column: return columns_bound.at(marker.index);
    case Marker::element_key: return keys_.at(marker.index);
    case Marker::change: return changes_.at(marker.index);
    case Marker::condition: return element(conditions_.at(marker.index), shape.conditions[marker.index].op);
    case Marker::only_if: return element(ifs_.at(marker.index), shape.if_conditions[marker.index].op);
    case Marker::ann: return ann_;
    case Marker::limit:
    case Marker::per_partition_limit:
    case Marker::ttl:
    case Marker::timestamp: break;
    }
    throw std::logic_error{"a number that the case writes into the text"};
}

Outcome StatementParts::outcome()
{
    Outcome made{text()};
    taken_.clear();
    for (const auto marker : coodie::cql::markers_of(table.view(), shape, inlined()))
        made.params.push_back(value_of(marker));
    return made;
}

coodie::TypeId type_named(std::string_view name)
{
    for (int id = 0; id != 0x20; ++id)
        if (coodie::cql::native_name(static_cast<coodie::TypeId>(id)) == name)
            return static_cast<coodie::TypeId>(id);
    throw UnknownCase{"native type " + std::string{name}};
}

}
