#include <algorithm>
#include <lib/testing/column_lists.hpp>

namespace coodie::testing {
namespace {

// NOLINTBEGIN: one line a group of columns
#define COODIE_TABLE_OPTIONS                                                                                           \
    "additional_write_policy text, allow_auto_snapshot boolean, bloom_filter_fp_chance double, "                       \
    "caching frozen<map<text, text>>, cdc boolean, comment text, compaction frozen<map<text, text>>, "                 \
    "compression frozen<map<text, text>>, crc_check_chance double, dclocal_read_repair_chance double, "                \
    "default_time_to_live int, extensions frozen<map<text, blob>>, gc_grace_seconds int, "                             \
    "id uuid, incremental_backups boolean, max_index_interval int, memtable text, memtable_flush_period_in_ms int, "   \
    "min_index_interval int, read_repair text, read_repair_chance double, speculative_retry text"

constexpr ColumnList lists[]{
    {"system", "local",
     "key text, bootstrapped text, broadcast_address inet, broadcast_port int, cluster_name text, cql_version text, "
     "data_center text, gossip_generation int, host_id uuid, listen_address inet, listen_port int, "
     "native_protocol_version text, partitioner text, rack text, release_version text, rpc_address inet, "
     "rpc_port int, schema_version uuid, tokens set<text>, truncated_at map<uuid, blob>"},
    {"system", "peers",
     "peer inet, data_center text, host_id uuid, preferred_ip inet, rack text, release_version text, "
     "rpc_address inet, schema_version uuid, tokens set<text>"},
    {"system", "peers_v2",
     "peer inet, peer_port int, data_center text, host_id uuid, native_address inet, native_port int, "
     "preferred_ip inet, preferred_port int, rack text, release_version text, schema_version uuid, tokens set<text>"},
    {"system_schema", "keyspaces", "keyspace_name text, durable_writes boolean, replication frozen<map<text, text>>"},
    {"system_schema", "tables", "keyspace_name text, table_name text, flags frozen<set<text>>, " COODIE_TABLE_OPTIONS},
    {"system_schema", "columns",
     "keyspace_name text, table_name text, column_name text, clustering_order text, column_name_bytes blob, "
     "kind text, position int, type text"},
    {"system_schema", "views",
     "keyspace_name text, view_name text, base_table_id uuid, base_table_name text, include_all_columns boolean, "
     "where_clause text, " COODIE_TABLE_OPTIONS},
    {"system_schema", "types",
     "keyspace_name text, type_name text, field_names frozen<list<text>>, field_types frozen<list<text>>"},
    {"system_schema", "indexes",
     "keyspace_name text, table_name text, index_name text, kind text, options frozen<map<text, text>>"},
    {"system_schema", "functions",
     "keyspace_name text, function_name text, argument_types frozen<list<text>>, argument_names frozen<list<text>>, "
     "body text, called_on_null_input boolean, language text, return_type text"},
    {"system_schema", "aggregates",
     "keyspace_name text, aggregate_name text, argument_types frozen<list<text>>, final_func text, initcond text, "
     "return_type text, state_func text, state_type text"},
    {"system_schema", "triggers",
     "keyspace_name text, table_name text, trigger_name text, options frozen<map<text, text>>"},
    {"system_schema", "dropped_columns",
     "keyspace_name text, table_name text, column_name text, dropped_time timestamp, kind text, type text"},
    {"system_traces", "sessions",
     "session_id uuid, client inet, command text, coordinator inet, coordinator_port int, duration int, "
     "parameters map<text, text>, request text, started_at timestamp"},
    {"system_traces", "events",
     "session_id uuid, event_id timeuuid, activity text, source inet, source_elapsed int, source_port int, "
     "thread text"},
};
// NOLINTEND

}

const ColumnList* column_list_of(std::string_view keyspace, std::string_view table) noexcept
{
    const auto* found = std::find_if(std::begin(lists), std::end(lists), [&](const ColumnList& list) {
        return list.keyspace == keyspace && list.table == table;
    });
    return found == std::end(lists) ? nullptr : found;
}

bool is_system_keyspace(std::string_view keyspace) noexcept
{
    return std::any_of(std::begin(lists), std::end(lists),
                       [&](const ColumnList& list) { return list.keyspace == keyspace; });
}

}
