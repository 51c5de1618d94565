#include "documents.hpp"

#include <doctest/doctest.h>

using namespace documents;
namespace detail = coodie::detail;
using cql::broken_rule;
using cql::Rule;

namespace {

template <class Q> constexpr Rule rule_of(const coodie::TableSchema& table)
{
    return broken_rule(table, Q::shape);
}
template <class T, class... P> constexpr Rule of_find()
{
    return broken_rule(detail::table<T>, detail::make_select_shape<T, P...>());
}
template <class T, class... C> constexpr Rule of_update()
{
    return broken_rule(detail::table<T>, detail::update_shape<T, C...>);
}
template <auto M, Op O = Op::eq> using On = Predicate<M, O>;
template <auto M> using Asc = Ordering<M, false>;
template <auto M> using Desc = Ordering<M, true>;
using detail::Filtering;

}

// What a query may ask.
static_assert(of_find<User>() == Rule::fine, "the whole table");
static_assert(of_find<User, On<&User::id>>() == Rule::fine);
static_assert(of_find<User, On<&User::id, Op::in>>() == Rule::fine);
static_assert(of_find<User, On<&User::email>>() == Rule::fine, "an index answers it");
static_assert(of_find<User, On<&User::id>, On<&User::email>>() == Rule::fine);
static_assert(of_find<User, On<&User::email, Op::gt>>() == Rule::needs_filtering, "an index answers == only");
static_assert(of_find<User, On<&User::id, Op::gt>>() == Rule::needs_filtering);
static_assert(of_find<User, On<&User::age>>() == Rule::needs_filtering);
static_assert(of_find<User, On<&User::age>, Filtering>() == Rule::fine);
static_assert(of_find<User, On<&User::email>, On<&User::age>>() == Rule::needs_filtering);
static_assert(of_find<User, On<&User::tags, Op::contains>, Filtering>() == Rule::fine);
static_assert(of_find<User, On<&User::name, Op::contains>, Filtering>() == Rule::contains_without_collection);
static_assert(of_find<User, On<&User::tags, Op::contains_key>, Filtering>() == Rule::contains_without_collection);
static_assert(of_find<User, On<&User::scores, Op::contains_key>, Filtering>() == Rule::fine);
static_assert(of_find<User, On<&Event::day>>() == Rule::unmapped_member);
static_assert(of_find<User, On<&User::id, Op::ne>>() == Rule::not_equal_condition);
static_assert(of_find<User, On<&User::id>, On<&User::id>>() == Rule::repeated_condition);
static_assert(of_find<User, On<&User::age, Op::gt>, On<&User::age, Op::le>, Filtering>() == Rule::fine);
static_assert(of_find<User, On<&User::age, Op::gt>, On<&User::age, Op::ge>, Filtering>() == Rule::repeated_condition);
static_assert(of_find<Views, On<&Views::hits>, Filtering>() == Rule::condition_on_counter);

// Collections that are not frozen are no values to compare with.
static_assert(of_find<User, On<&User::tags>, Filtering>() == Rule::collection_condition);
static_assert(of_find<User, On<&User::scores, Op::lt>, Filtering>() == Rule::collection_condition);
static_assert(of_find<documents::Order, On<&documents::Order::items>, Filtering>() == Rule::fine);

// Composite keys: the whole partition, then clustering columns from the first on.
using Place = On<&Event::place>;
using Day = On<&Event::day>;
static_assert(of_find<Event, Place, Day>() == Rule::fine);
static_assert(of_find<Event, Place>() == Rule::needs_filtering, "half a partition key");
static_assert(of_find<Event, Place, Day, On<&Event::at>>() == Rule::fine);
static_assert(of_find<Event, Place, Day, On<&Event::at, Op::gt>>() == Rule::fine);
static_assert(of_find<Event, Place, Day, On<&Event::seq>>() == Rule::needs_filtering,
              "not the first clustering column");
static_assert(of_find<Event, Place, Day, On<&Event::at, Op::gt>, On<&Event::seq>>() == Rule::needs_filtering);
static_assert(of_find<Event, Place, Day, On<&Event::at>, On<&Event::seq, Op::lt>>() == Rule::fine);

// Tokens: the whole partition key, in its order.
template <Op O, auto... M> using OnToken = TokenPredicate<O, M...>;
static_assert(of_find<Event, OnToken<Op::gt, &Event::place, &Event::day>>() == Rule::fine);
static_assert(
    of_find<Event, OnToken<Op::gt, &Event::place, &Event::day>, OnToken<Op::le, &Event::place, &Event::day>>() ==
    Rule::fine);
static_assert(of_find<Event, OnToken<Op::gt, &Event::day, &Event::place>>() == Rule::half_a_token);
static_assert(of_find<Event, OnToken<Op::gt, &Event::place>>() == Rule::half_a_token);
static_assert(of_find<Event, OnToken<Op::gt, &Event::place, &Event::day, &Event::at>>() == Rule::half_a_token);
static_assert(of_find<Event, OnToken<Op::gt, &User::id>>() == Rule::half_a_token);
static_assert(of_find<User, OnToken<Op::gt, &User::id>, OnToken<Op::ge, &User::id>>() == Rule::repeated_condition);

// Orders.
static_assert(of_find<Event, Place, Day, Desc<&Event::at>>() == Rule::fine);
static_assert(of_find<Event, Place, Day, Desc<&Event::at>, Asc<&Event::seq>>() == Rule::fine);
static_assert(of_find<Event, Place, Day, Asc<&Event::at>, Desc<&Event::seq>>() == Rule::fine, "all of it reversed");
static_assert(of_find<Event, Place, Day, Asc<&Event::at>, Asc<&Event::seq>>() == Rule::mixed_order);
static_assert(of_find<Event, Place, Day, Desc<&Event::seq>>() == Rule::order_without_clustering);
static_assert(of_find<Event, Place, Day, On<&Event::at>, Desc<&Event::seq>>() == Rule::fine, "at is one value");
static_assert(of_find<Event, Place, Day, Desc<&Event::what>>() == Rule::order_without_clustering);
static_assert(of_find<Event, Desc<&Event::at>>() == Rule::order_without_partition);
static_assert(of_find<User, Desc<&Event::at>>() == Rule::unmapped_member);
using Days = On<&Event::day, Op::in>;
static_assert(of_find<Event, Place, Days, Desc<&Event::at>>() == Rule::order_beside_in_without_limit);
static_assert(of_find<Event, Place, Days, Desc<&Event::at>, detail::Limited>() == Rule::fine, "one page");
static_assert(of_find<Event, Place, Days>() == Rule::fine);

// Writes.
static_assert(broken_rule(detail::table<Views>, detail::save_shape) == Rule::save_of_counters);
static_assert(broken_rule(detail::table<User>, detail::save_shape) == Rule::fine);
static_assert(of_update<User>() == Rule::nothing_to_change);
static_assert(of_update<User, Change<&User::id, cql::Changing::assign>>() == Rule::changed_key);
static_assert(of_update<User, Change<&User::age, cql::Changing::add>>() == Rule::no_such_change);
static_assert(of_update<User, Change<&User::tags, cql::Changing::add>>() == Rule::fine);
static_assert(of_update<User, Change<&User::name, cql::Changing::put>>() == Rule::no_such_change);
static_assert(of_update<User, Change<&Event::what, cql::Changing::assign>>() == Rule::unmapped_member);
static_assert(of_update<Views, Change<&Views::hits, cql::Changing::assign>>() == Rule::assigned_counter);
static_assert(of_update<Views, Change<&Views::hits, cql::Changing::remove>>() == Rule::fine);
static_assert(of_update<User, Change<&User::age, cql::Changing::assign>, Change<&User::age, cql::Changing::assign>>() ==
              Rule::changed_twice);
static_assert(of_update<User, Change<&User::tags, cql::Changing::assign>, Change<&User::tags, cql::Changing::add>>() ==
              Rule::changed_twice);
static_assert(of_update<User, Change<&User::scores, cql::Changing::put>, Change<&User::scores, cql::Changing::add>>() ==
              Rule::fine);
static_assert(broken_rule(detail::table<User>, cql::Shape{.verb = cql::Verb::erase}) ==
              Rule::delete_without_partition_key);

namespace {

constexpr cql::Shape erase_where(std::initializer_list<cql::Condition> conditions)
{
    cql::Shape shape{.verb = cql::Verb::erase};
    for (const auto& condition : conditions)
        shape.conditions.push(condition);
    return shape;
}

}

static_assert(broken_rule(detail::table<Event>, erase_where({{2}, {1}})) == Rule::fine, "a whole partition");
static_assert(broken_rule(detail::table<Event>, erase_where({{2}, {1}, {3, Op::lt}})) == Rule::fine, "a range of rows");
static_assert(broken_rule(detail::table<Event>, erase_where({{2}})) == Rule::delete_without_partition_key);
static_assert(broken_rule(detail::table<Event>, erase_where({{2}, {1}, {4}})) == Rule::delete_beside_key);

TEST_CASE("a table that no server takes breaks a rule")
{
    const Column id{.name = "id", .kind = ColumnKind::partition_key};
    const Column vector{.name = "v", .vector = true, .vector_index = Similarity::cosine};
    const auto with = [](Column column, auto change) {
        change(column);
        return column;
    };
    struct Example
    {
        Rule rule;
        std::vector<Column> columns;
    };
    const Example examples[]{
        {Rule::fine, {id}},
        {Rule::fine, {id, vector}},
        {Rule::no_partition_key, {{.name = "a"}}},
        {Rule::no_partition_key, {}},
        {Rule::duplicate_column, {id, {.name = "id"}}},
        {Rule::mixed_counters, {id, {.name = "n", .counter = true}, {.name = "a"}}},
        {Rule::counter_key, {with(id, [](Column& c) { c.counter = true; })}},
        {Rule::collection_key, {with(id, [](Column& c) { c.container = Container::set; })}},
        {Rule::fine, {with(id, [](Column& c) { c.container = Container::set, c.frozen = true; })}},
        {Rule::static_without_clustering, {id, {.name = "s", .kind = ColumnKind::static_}}},
        {Rule::vector_index_without_vector, {id, with(vector, [](Column& c) { c.vector = false; })}},
        {Rule::vector_index_and_indexed, {id, with(vector, [](Column& c) { c.indexed = true; })}},
        {Rule::vector_index_on_key, {id, with(vector, [](Column& c) { c.kind = ColumnKind::clustering; })}},
        {Rule::vector_index_on_static, {id, {.name = "c", .kind = ColumnKind::clustering}, with(vector, [](Column& c) {
                                            c.kind = ColumnKind::static_;
                                        })}}};
    for (const auto& example : examples) {
        CAPTURE(cql::sentence(example.rule));
        CHECK(cql::broken_schema_rule({.name = "t", .columns = example.columns}) == example.rule);
    }
}

TEST_CASE("more parts than a statement takes are refused, not cut")
{
    cql::Shape shape;
    for (int i = 0; i != 17; ++i)
        shape.conditions.push({3, Op::contains});
    CHECK(broken_rule(detail::table<User>, shape) == Rule::too_many_parts);
}
