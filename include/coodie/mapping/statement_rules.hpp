#pragma once

#include <coodie/mapping/rules.hpp>
#include <coodie/mapping/shape.hpp>
#include <coodie/mapping/table_schema.hpp>

namespace coodie::cql {

/// What the server would refuse in a statement, or fine. Assumes a table that is fine.
class RuleChecker
{
public:
    constexpr RuleChecker(const TableSchema& table, const Shape& shape) noexcept : table_{table}, shape_{shape} {}

    constexpr Rule broken() const noexcept
    {
        if (const auto rule = broken_parts(); rule != Rule::fine)
            return rule;
        if (shape_.timestamp && shape_.only_if != If::always)
            return Rule::conditional_timestamp;
        switch (shape_.verb) {
        case Verb::select: return broken_select();
        case Verb::insert: return broken_insert();
        case Verb::insert_json: return table_.has_counters() ? Rule::save_of_counters : Rule::fine;
        case Verb::update: return broken_update();
        case Verb::erase: return broken_erase();
        }
        return Rule::fine;
    }

private:
    constexpr bool known(ColumnNumber column) const noexcept { return column < table_.columns.size(); }
    constexpr const Column& column(ColumnNumber number) const noexcept { return table_.columns[number]; }

    constexpr Rule broken_parts() const noexcept
    {
        if (shape_.columns.overflowed() || shape_.conditions.overflowed() || shape_.changes.overflowed() ||
            shape_.if_conditions.overflowed() || shape_.order_by.overflowed() || shape_.group_by.overflowed() ||
            shape_.casts.overflowed() || shape_.tokens.overflowed())
            return Rule::too_many_parts;
        for (const auto& change : shape_.changes)
            if (!known(change.column))
                return Rule::unmapped_member;
        for (const auto& sort : shape_.order_by)
            if (!known(sort.column))
                return Rule::unmapped_member;
        for (const auto number : shape_.columns)
            if (!known(number))
                return Rule::unmapped_member;
        for (const auto& condition : shape_.if_conditions)
            if (!known(condition.column))
                return Rule::unmapped_member;
        return broken_conditions();
    }

    constexpr Rule broken_conditions() const noexcept
    {
        for (std::size_t i = 0; i != shape_.conditions.size(); ++i) {
            const auto& condition = shape_.conditions[i];
            if (!known(condition.column))
                return condition.token ? Rule::half_a_token : Rule::unmapped_member;
            if (condition.op == Op::is_null || condition.op == Op::is_not_null)
                return Rule::null_condition;
            if (condition.op == Op::ne)
                return Rule::not_equal_condition;
            if (column(condition.column).counter)
                return Rule::condition_on_counter;
            if (!fits_collection(condition))
                return Rule::contains_without_collection;
            if (is_open_collection(column(condition.column)) && !is_contains(condition.op))
                return Rule::collection_condition;
            for (std::size_t other = 0; other != i; ++other)
                if (repeats(shape_.conditions[other], condition))
                    return Rule::repeated_condition;
        }
        return Rule::fine;
    }
    constexpr bool fits_collection(const Condition& condition) const noexcept
    {
        const auto collection = column(condition.column).container;
        if (condition.op == Op::contains_key)
            return collection == Container::map;
        return condition.op != Op::contains || collection != Container::none;
    }
    static constexpr bool is_open_collection(const Column& on) noexcept
    {
        return on.container != Container::none && !on.frozen;
    }
    static constexpr bool is_lower(Op op) noexcept { return op == Op::gt || op == Op::ge; }
    static constexpr bool is_upper(Op op) noexcept { return op == Op::lt || op == Op::le; }
    static constexpr bool is_exact(Op op) noexcept { return op == Op::eq || op == Op::in; }
    static constexpr bool is_contains(Op op) noexcept { return op == Op::contains || op == Op::contains_key; }
    static constexpr bool repeats(const Condition& a, const Condition& b) noexcept
    {
        if (a.column != b.column || a.token != b.token || is_contains(a.op) || is_contains(b.op))
            return false;
        return !(is_lower(a.op) && is_upper(b.op)) && !(is_upper(a.op) && is_lower(b.op));
    }

    constexpr bool has_exact(std::size_t number) const noexcept
    {
        for (const auto& condition : shape_.conditions)
            if (condition.column == number && !condition.token && is_exact(condition.op))
                return true;
        return false;
    }
    /// How many columns of this kind have == or in, from the first on.
    constexpr std::size_t exact_prefix(ColumnKind kind) const noexcept
    {
        std::size_t n = 0;
        while (n != table_.count(kind) && has_exact(table_.key(kind, n)))
            ++n;
        return n;
    }
    constexpr bool has_partition() const noexcept
    {
        return exact_prefix(ColumnKind::partition_key) == table_.count(ColumnKind::partition_key);
    }
    constexpr bool has_partition_in() const noexcept
    {
        for (const auto& condition : shape_.conditions)
            if (condition.op == Op::in && column(condition.column).kind == ColumnKind::partition_key)
                return true;
        return false;
    }
    /// A condition that the key alone answers: all of a partition key, clustering columns from the first on, a range
    /// on the last of them.
    constexpr bool by_key(const Condition& condition, std::size_t clustering_prefix) const noexcept
    {
        const auto& on = column(condition.column);
        if (condition.token)
            return true;
        if (on.kind == ColumnKind::partition_key)
            return has_partition();
        if (on.kind != ColumnKind::clustering || is_contains(condition.op) || condition.op == Op::like)
            return false;
        const auto place = table_.place_of(condition.column);
        return has_partition() && (place < clustering_prefix || place == clustering_prefix);
    }
    constexpr bool by_index(const Condition& condition) const noexcept
    {
        const auto& on = column(condition.column);
        return on.indexed && (condition.op == Op::eq || is_contains(condition.op) || condition.op == Op::like);
    }

    constexpr Rule broken_select() const noexcept
    {
        if (const auto rule = broken_order(); rule != Rule::fine)
            return rule;
        if (shape_.allow_filtering)
            return Rule::fine;
        const auto prefix = exact_prefix(ColumnKind::clustering);
        std::size_t indexed = 0;
        for (const auto& condition : shape_.conditions)
            if (!by_key(condition, prefix) && (!by_index(condition) || ++indexed > 1))
                return Rule::needs_filtering;
        return Rule::fine;
    }

    constexpr Rule broken_order() const noexcept
    {
        if (shape_.order_by.empty())
            return Rule::fine;
        if (shape_.order_by[0].sorting == Sorting::ann)
            return shape_.limit ? Rule::fine : Rule::ann_without_limit;
        if (!has_partition())
            return Rule::order_without_partition;
        if (has_partition_in() && !shape_.limit)
            return Rule::order_beside_in_without_limit;
        const bool reversed = is_reversed(shape_.order_by[0]);
        auto place = exact_prefix(ColumnKind::clustering);
        for (std::size_t i = 0; i != shape_.order_by.size(); ++i) {
            const auto& sort = shape_.order_by[i];
            if (column(sort.column).kind != ColumnKind::clustering)
                return Rule::order_without_clustering;
            if (i == 0 && table_.place_of(sort.column) <= place)
                place = table_.place_of(sort.column);
            if (table_.place_of(sort.column) != place + i)
                return Rule::order_without_clustering;
            if (is_reversed(sort) != reversed)
                return Rule::mixed_order;
        }
        return Rule::fine;
    }
    constexpr bool is_reversed(const Sort& sort) const noexcept
    {
        const bool descends = known(sort.column) && column(sort.column).order == Order::descending;
        return descends != (sort.sorting == Sorting::descending);
    }

    constexpr Rule broken_insert() const noexcept
    {
        if (table_.has_counters())
            return Rule::save_of_counters;
        if (shape_.columns.empty())
            return Rule::fine;
        for (std::size_t i = 0; i != table_.columns.size(); ++i)
            if (table_.columns[i].is_key() && !inserts(i))
                return Rule::missing_key_value;
        return Rule::fine;
    }
    constexpr bool inserts(std::size_t number) const noexcept
    {
        for (const auto column : shape_.columns)
            if (column == number)
                return true;
        return false;
    }

    constexpr Rule broken_update() const noexcept
    {
        if (shape_.changes.empty())
            return Rule::nothing_to_change;
        for (std::size_t i = 0; i != shape_.changes.size(); ++i)
            if (const auto rule = broken_change(i); rule != Rule::fine)
                return rule;
        if (!has_partition())
            return Rule::delete_without_partition_key;
        if (exact_prefix(ColumnKind::clustering) != table_.count(ColumnKind::clustering) && !changes_only_static())
            return Rule::update_without_key;
        return has_only_key_conditions() ? Rule::fine : Rule::update_without_key;
    }
    constexpr Rule broken_change(std::size_t index) const noexcept
    {
        const auto& change = shape_.changes[index];
        const auto& on = column(change.column);
        if (on.is_key())
            return Rule::changed_key;
        if (on.counter)
            return change.changing == Changing::add || change.changing == Changing::remove ? Rule::fine
                                                                                           : Rule::assigned_counter;
        if (!can_change(on, change.changing))
            return Rule::no_such_change;
        for (std::size_t other = 0; other != index; ++other)
            if (shape_.changes[other].column == change.column &&
                (is_assignment(shape_.changes[other]) || is_assignment(change)))
                return Rule::changed_twice;
        return Rule::fine;
    }
    static constexpr bool is_assignment(const Change& change) noexcept { return change.changing == Changing::assign; }
    static constexpr bool can_change(const Column& on, Changing changing) noexcept
    {
        switch (changing) {
        case Changing::assign: return true;
        case Changing::add:
        case Changing::remove: return is_open_collection(on);
        case Changing::prepend: return on.container == Container::list && !on.frozen;
        case Changing::put:
        case Changing::erase: return (on.container == Container::list || on.container == Container::map) && !on.frozen;
        }
        return false;
    }
    constexpr bool changes_only_static() const noexcept
    {
        for (const auto& change : shape_.changes)
            if (column(change.column).kind != ColumnKind::static_)
                return false;
        return exact_prefix(ColumnKind::clustering) == 0;
    }
    constexpr bool has_only_key_conditions() const noexcept
    {
        for (const auto& condition : shape_.conditions)
            if (!column(condition.column).is_key() || !is_exact(condition.op) || condition.token)
                return false;
        return true;
    }

    constexpr Rule broken_erase() const noexcept
    {
        if (!has_partition())
            return Rule::delete_without_partition_key;
        for (const auto number : shape_.columns)
            if (column(number).is_key())
                return Rule::changed_key;
        const auto prefix = exact_prefix(ColumnKind::clustering);
        for (const auto& condition : shape_.conditions)
            if (!by_key(condition, prefix) || condition.token)
                return Rule::delete_beside_key;
        return Rule::fine;
    }

    const TableSchema& table_;
    const Shape& shape_;
};

constexpr Rule broken_rule(const TableSchema& table, const Shape& shape) noexcept
{
    return RuleChecker{table, shape}.broken();
}

}
