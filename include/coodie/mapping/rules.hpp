#pragma once

#include <cstdint>
#include <string_view>

namespace coodie::cql {

// What a table or a statement may not be, each with the sentence that says so: of static_assert for what the compiler
// sees, of InvalidQueryError for what is known at run time only.
#define COODIE_RULES(RULE)                                                                                             \
    RULE(no_partition_key, "a table needs a partition key; give at least one Field a PrimaryKey{}")                    \
    RULE(duplicate_column, "two Fields have the same column name")                                                     \
    RULE(mixed_counters,                                                                                               \
         "a counter table holds keys and counters only; move the other columns to a table of their own")               \
    RULE(counter_key, "a counter cannot be part of the primary key")                                                   \
    RULE(collection_key, "a collection in the primary key must be frozen; add Frozen{}")                               \
    RULE(static_without_clustering, "Static{} needs a table with a ClusteringKey{}")                                   \
    RULE(vector_index_without_vector, "VectorIndex{} is for vector columns (std::array<float, N>)")                    \
    RULE(vector_index_and_indexed, "a column has either Indexed{} or VectorIndex{}, not both")                         \
    RULE(vector_index_on_key, "VectorIndex{} cannot be on a column of the primary key")                                \
    RULE(vector_index_on_static, "VectorIndex{} cannot be on a static column")                                         \
    RULE(unmapped_member, "this member is no column of this document; add Field<&T::member> to its Schema")            \
    RULE(half_a_token, "token(...) takes all columns of the partition key, in their order")                            \
    RULE(too_many_parts, "a statement takes at most 16 conditions, 32 columns, 32 changes, 8 only_if and 8 order_by")  \
    RULE(null_condition, "CQL has no IS NULL or IS NOT NULL in a query; filter the rows you read")                     \
    RULE(not_equal_condition, "CQL has no != in a query, only in only_if; filter the rows you read")                   \
    RULE(repeated_condition, "a column has at most one condition, or one lower and one upper bound")                   \
    RULE(contains_without_collection, "contains needs a list, set or map column, contains_key a map column")           \
    RULE(collection_condition,                                                                                         \
         "a collection takes contains and contains_key only, unless it is Frozen{}: no ==, <, in on it")               \
    RULE(condition_on_counter, "a counter cannot be in a condition")                                                   \
    RULE(needs_filtering, "this query needs ALLOW FILTERING; filter by the whole partition key or an Indexed column, " \
                          "or add .allow_filtering()")                                                                 \
    RULE(order_without_clustering, "order_by takes clustering columns only, in the order of the primary key")          \
    RULE(order_without_partition, "order_by needs conditions on the whole partition key")                              \
    RULE(order_beside_in_without_limit,                                                                                \
         "order_by beside in(...) on the partition key cannot be paged; add a limit of at most one page")              \
    RULE(mixed_order, "order_by follows the clustering order of the table, or all of it reversed")                     \
    RULE(ann_without_limit, "order_by(ann_of(...)) needs a limit")                                                     \
    RULE(save_of_counters, "a counter table has no save and no insert; update(doc, col<&T::hits> += 1)")               \
    RULE(missing_key_value, "an insert needs every column of the primary key")                                         \
    RULE(nothing_to_change, "an update needs at least one change")                                                     \
    RULE(changed_key, "a column of the primary key cannot change; erase the document and save a new one")              \
    RULE(assigned_counter, "a counter is not assigned; use += or -=")                                                  \
    RULE(changed_twice, "a statement assigns a column once, and does not change it in another way beside that")        \
    RULE(no_such_change, "+= and -= are for collections and counters, [key] = for lists and maps")                     \
    RULE(delete_without_partition_key,                                                                                 \
         "an update or a delete needs conditions with == or in on the whole partition key")                            \
    RULE(update_without_key, "an update needs conditions with == or in on the whole primary key")                      \
    RULE(delete_beside_key, "the conditions of a delete are on the primary key, clustering columns from the first on") \
    RULE(conditional_timestamp, "a conditional statement takes no timestamp of its own: the server decides it")

enum class Rule : std::uint8_t
{
    fine,
#define COODIE_RULE(name, sentence) name,
    COODIE_RULES(COODIE_RULE)
#undef COODIE_RULE
};

constexpr std::string_view sentence(Rule rule) noexcept
{
    switch (rule) {
    case Rule::fine: return {};
#define COODIE_RULE(name, sentence)                                                                                    \
    case Rule::name: return sentence;
        COODIE_RULES(COODIE_RULE)
#undef COODIE_RULE
    }
    return {};
}

/// One instantiation for each broken rule: its sentence is the first line of the compiler's error.
template <Rule R> consteval void require_fine()
{
#define COODIE_RULE(name, sentence) static_assert(R != Rule::name, "coodie: " sentence);
    COODIE_RULES(COODIE_RULE)
#undef COODIE_RULE
}

}
