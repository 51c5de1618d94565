#include <algorithm>
#include <coodie/mapping/query_set.hpp>
#include <numeric>

namespace coodie::detail {

namespace {

/// How many letters to change, add or take out to make one word of the other.
std::size_t distance(std::string_view from, std::string_view to)
{
    std::vector<std::size_t> row(to.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= from.size(); ++i) {
        auto diagonal = std::exchange(row[0], i);
        for (std::size_t j = 1; j <= to.size(); ++j) {
            const auto replaced = diagonal + (from[i - 1] == to[j - 1] ? 0U : 1U);
            diagonal = row[j];
            row[j] = std::min({row[j] + 1, row[j - 1] + 1, replaced});
        }
    }
    return row.back();
}

std::string_view known_as(const Column& column) noexcept
{
    return column.member.empty() ? column.name : column.member;
}

[[noreturn]] void refuse_name(const TableSchema& table, std::string_view name)
{
    const auto nearer = [&](const Column& a, const Column& b) {
        return distance(name, known_as(a)) < distance(name, known_as(b));
    };
    const auto nearest = std::min_element(table.columns.begin(), table.columns.end(), nearer);
    Error{errc::invalid_query, std::string{table.document} + " has no column '" + std::string{name} +
                                   "'; the nearest is '" + std::string{known_as(*nearest)} + "'"}
        .raise();
}

/// What a condition on the column is compared with.
DataType compared_type(const Column& column, Op op)
{
    const auto& type = column.type();
    if (op == Op::in)
        return {.id = TypeId::list, .elements = {type}};
    if (op == Op::contains && !type.elements.empty())
        return type.elements.back();
    if (op == Op::contains_key && !type.elements.empty())
        return type.elements.front();
    return type;
}

void check(cql::Rule rule)
{
    if (rule != cql::Rule::fine)
        Error{errc::invalid_query, std::string{cql::sentence(rule)}}.raise();
}

template <TypeId Id> const DataType& list_of()
{
    static const auto& type = type_of_parts(TypeId::list, {&plain_type<Id>});
    return type;
}

struct PlainType
{
    TypeId id;
    TypeOf type;
    TypeOf list;
};
template <TypeId... Id> constexpr std::array<PlainType, sizeof...(Id)> plain_types_of() noexcept
{
    return {PlainType{Id, &plain_type<Id>, &list_of<Id>}...};
}
constexpr auto plain_types =
    plain_types_of<TypeId::ascii, TypeId::bigint, TypeId::blob, TypeId::boolean, TypeId::decimal, TypeId::double_,
                   TypeId::float_, TypeId::int_, TypeId::timestamp, TypeId::uuid, TypeId::text, TypeId::varint,
                   TypeId::timeuuid, TypeId::inet, TypeId::date, TypeId::time, TypeId::smallint, TypeId::tinyint>();
constexpr TypeOf unchecked = nullptr;

/// What the server's column is checked against, as a constant: elements that are no plain types go unchecked.
const TypeOf* checked_type(const Column& column, Op op)
{
    const bool in = op == Op::in;
    if (!in && op != Op::contains && op != Op::contains_key)
        return &column.type;
    const auto element = in ? column.type() : compared_type(column, op);
    for (const auto& plain : plain_types)
        if (plain.id == element.id)
            return in ? &plain.list : &plain.type;
    return &unchecked;
}

}

cql::ColumnNumber LooseQuery::column(std::string_view name) const
{
    const auto& columns = table_->columns;
    auto found = std::find_if(columns.begin(), columns.end(), [&](const Column& c) { return c.member == name; });
    if (found == columns.end())
        found = std::find_if(columns.begin(), columns.end(), [&](const Column& c) { return c.name == name; });
    if (found == columns.end())
        refuse_name(*table_, name);
    return static_cast<cql::ColumnNumber>(found - columns.begin());
}

void LooseQuery::filter(std::string_view name, Op op, const LooseValue& value)
{
    const auto number = column(name);
    const auto& on = table_->columns[number];
    auto next = shape_;
    next.conditions.push({number, op, false});
    auto asked = next;
    asked.allow_filtering = true;
    asked.order_by = {};
    check(cql::broken_rule(*table_, asked));
    if (const auto type = compared_type(on, op); !value.add_to(conditions_, type))
        Error{errc::bad_value, "column '" + std::string{on.name} + "' of " + std::string{table_->document} + " takes " +
                                   type.to_string() + " here, the value is " + value.described() +
                                   "; give a value that fits"}
            .raise();
    types_.push_back(checked_type(on, op));
    shape_ = next;
}

void LooseQuery::order_by(std::string_view name, Order order)
{
    shape_.order_by.push(
        {column(name), order == Order::descending ? cql::Sorting::descending : cql::Sorting::ascending});
}

void LooseQuery::limit(std::int64_t rows)
{
    limit_ = checked_limit(rows);
    shape_.limit = true;
}

void LooseQuery::per_partition_limit(std::int64_t rows)
{
    per_partition_limit_ = checked_limit(rows);
    shape_.per_partition_limit = true;
}

Statement LooseQuery::statement(const cql::Shape& shape, std::int32_t limit) const
{
    check(cql::broken_rule(*table_, shape));
    Statement made{cql::rendered(*table_, shape)};
    made.kind(StatementKind::prepared);
    made.options().idempotent = true;
    auto bytes = conditions_.bytes();
    for (std::size_t i = 0; i != types_.size(); ++i) {
        const auto size = 4 + conditions_.at(i).bytes().size();
        made.bind_encoded(bytes.first(size), {types_[i], 1});
        bytes = bytes.subspan(size);
    }
    QueryValues{{}, limit, per_partition_limit_, options_, {}}.bind(made, {}, shape);
    return made;
}

Statement LooseQuery::all() const
{
    return statement(shape_, limit_);
}

Statement LooseQuery::first() const
{
    auto shape = shape_;
    shape.limit = true;
    return statement(shape, 1);
}

Statement LooseQuery::count() const
{
    return statement(counting(shape_), 0);
}

}
