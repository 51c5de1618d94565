#include "keyspace.hpp"

#include <coodie/metadata.hpp>
#include <doctest/doctest.h>
#include <lib/metadata/node_rows.hpp>
#include <lib/metadata/partitioner.hpp>
#include <lib/metadata/schema_agreement.hpp>
#include <lib/metadata/schema_refresh.hpp>

using namespace coodie;
using namespace coodie::metadata;

namespace {

Session& session()
{
    static Session shared = integration::connect();
    return shared;
}

/// Every answer, page by page.
SchemaRefresh::Outcome run(SchemaRefresh refresh, std::int32_t page_size)
{
    for (std::size_t query = 0; query != refresh.queries().size(); ++query) {
        auto statement = refresh.queries()[query].statement();
        statement.options().page_size = page_size;
        for (bool more = true; more;) {
            auto page = session().execute(statement);
            more = page.has_more_pages();
            if (more)
                statement.paging_state({page.paging_state().begin(), page.paging_state().end()});
            refresh.answer(query, std::move(page));
        }
    }
    return refresh.finish();
}

SchemaSources sources()
{
    const auto local = session().execute(std::string{local_query});
    return SchemaSources::of(local.front()["release_version"].as<std::string>(), false);
}

std::shared_ptr<const SchemaMetadata> read_everything(std::int32_t page_size = 5'000)
{
    auto outcome = run(SchemaRefresh{nullptr, SchemaDue::everything(), sources()}, page_size);
    CHECK(outcome.warnings.empty());
    return outcome.schema;
}

std::shared_ptr<const SchemaMetadata> read_again(std::shared_ptr<const SchemaMetadata> known, std::string change,
                                                 std::string target, std::string name)
{
    SchemaDue due;
    due.add(SchemaChange{std::move(change), std::move(target), "metadata_test", std::move(name), {}});
    return run(SchemaRefresh{std::move(known), std::move(due), sources()}, 5'000).schema;
}

std::string type_of(const TableMetadata& table, std::string_view column)
{
    const auto* const found = table.column(column);
    return found ? found->type_text : "none";
}

}

TEST_CASE("every keyspace of a server is read without a problem")
{
    const auto schema = read_everything();
    for (const auto& [name, keyspace] : schema->keyspaces) {
        CAPTURE(name);
        for (const auto& [part, problem] : keyspace->problems)
            FAIL_CHECK(part << ": " << problem);
    }
    REQUIRE(schema->keyspace("system"));
    CHECK(schema->keyspace("system")->replication.strategy == ReplicationStrategy::local);
    CHECK(schema->keyspace("system_auth")->replication.strategy == ReplicationStrategy::simple);
    CHECK(schema->table("system", "peers")->partition_key()[0].name == "peer");
    CHECK(schema->keyspace("system_views")->is_virtual);
    CHECK(schema->keyspace("system_views")->tables.size() > 5);
}

TEST_CASE("small pages are the same schema")
{
    const auto schema = read_everything();
    const auto again = run(SchemaRefresh{schema, SchemaDue::everything(), sources()}, 7);
    // Other programs make and drop keyspaces of their own meanwhile.
    for (const auto* name : {"system", "system_schema", "system_auth", "system_distributed", "system_traces"}) {
        CAPTURE(name);
        REQUIRE(schema->keyspace(name));
        CHECK(again.schema->keyspace(name) == schema->keyspace(name));
    }
}

TEST_CASE("a keyspace with parts of every kind is read and follows its changes")
{
    const integration::Keyspace keyspace{session(), "metadata_test"};
    for (const auto* ddl :
         {"CREATE TYPE address (street text, zip int)",
          "CREATE TYPE \"Per son\" (name text, homes list<frozen<address>>)", "CREATE TYPE udt (x int)",
          "CREATE TABLE people (\"Part\" int, day date, at timestamp, id timeuuid, who frozen<\"Per son\">, "
          "spot vector<float, 3>, u frozen<udt>, tags map<text, frozen<set<int>>>, t tuple<int, text>, note text "
          "static, "
          "odd 'org.apache.cassandra.db.marshal.LexicalUUIDType', "
          "PRIMARY KEY ((\"Part\", day), at, id)) WITH CLUSTERING ORDER BY (at DESC, id ASC) AND comment = 'all'",
          "CREATE TABLE counts (id int PRIMARY KEY, n counter)", "CREATE INDEX by_tag ON people (keys(tags))",
          "CREATE MATERIALIZED VIEW by_day AS SELECT day, \"Part\", at, id FROM people WHERE day IS NOT NULL AND "
          "\"Part\" IS NOT NULL AND at IS NOT NULL AND id IS NOT NULL PRIMARY KEY (day, \"Part\", at, id)",
          "CREATE FUNCTION plus (a int, b int) CALLED ON NULL INPUT RETURNS int LANGUAGE java AS 'return a + b;'",
          "CREATE AGGREGATE total (int) SFUNC plus STYPE int INITCOND 0"})
    {
        CAPTURE(std::string{ddl});
        session().execute(ddl);
    }

    const auto schema = read_everything();
    const auto read = schema->keyspace("metadata_test");
    REQUIRE(read);
    CHECK(read->problems.empty());
    CHECK(read->type_order == std::vector<std::string>{"address", "Per son", "udt"});
    CHECK(read->functions.contains("plus(int,int)"));
    REQUIRE(read->aggregates.contains("total(int)"));
    CHECK(read->aggregates.at("total(int)")->initial_condition == "0");
    REQUIRE(read->view("by_day"));
    CHECK(read->view("by_day")->base_table == "people");
    CHECK(read->table("counts")->is_counter);

    const auto people = read->table("people");
    REQUIRE(people);
    CHECK(people->partition_key().size() == 2);
    CHECK(people->partition_key()[0].name == "Part");
    CHECK(people->clustering_key()[0].order == Order::descending);
    CHECK(people->column("note")->kind == ColumnKind::static_);
    CHECK(people->indexes.at("by_tag").target == "keys(tags)");
    CHECK(people->options.at("comment") == Value{std::string{"all"}});
    CHECK(type_of(*people, "who") == "frozen<\"Per son\">");
    CHECK(people->column("who")->type.elements.at(1).elements.at(0).field_names ==
          std::vector<std::string>{"street", "zip"});
    CHECK(people->column("spot")->type.to_string() == "vector<float, 3>");
    CHECK(people->column("u")->type.field_names == std::vector<std::string>{"x"});

    // The types that a schema names are the types that results have.
    const auto rows = session().execute("SELECT * FROM people");
    REQUIRE(rows.metadata().columns.size() == people->columns.size());
    for (std::size_t i = 0; i != people->columns.size(); ++i) {
        CAPTURE(people->columns[i].name);
        CHECK(rows.metadata().columns[i].name == people->columns[i].name);
        CHECK(rows.metadata().columns[i].type == people->columns[i].type);
    }

    session().execute("ALTER TYPE address ADD country text");
    session().execute("ALTER TABLE counts WITH comment = 'new'");
    const auto typed = read_again(schema, "UPDATED", "TYPE", "address");
    CHECK(
        typed->table("metadata_test", "people")->column("who")->type.elements.at(1).elements.at(0).field_names.size() ==
        3);
    CHECK(typed->table("metadata_test", "counts") == schema->table("metadata_test", "counts"));
    const auto altered = read_again(typed, "UPDATED", "TABLE", "counts");
    CHECK(altered->table("metadata_test", "counts")->options.at("comment") == Value{std::string{"new"}});
    CHECK(altered->table("metadata_test", "people") == typed->table("metadata_test", "people"));

    session().execute("DROP AGGREGATE total");
    session().execute("DROP TABLE counts");
    const auto dropped = read_again(read_again(altered, "DROPPED", "AGGREGATE", "total"), "DROPPED", "TABLE", "counts");
    CHECK(dropped->keyspace("metadata_test")->aggregates.empty());
    CHECK_FALSE(dropped->table("metadata_test", "counts"));
    const auto fresh = read_everything();
    CHECK(*fresh->keyspace("metadata_test")->table("people") == *dropped->table("metadata_test", "people"));
}

TEST_CASE("the nodes of a server are read without a warning")
{
    const auto local = session().execute(std::string{local_query});
    const auto peers = session().execute(std::string{peers_query(PeersTable::peers_v2)});
    const auto cluster = read_nodes(local, peers, PeersTable::peers_v2, {*Inet::parse("127.0.0.1"), 9042});
    CHECK(cluster.warnings.empty());
    CHECK(cluster.has_local);
    CHECK(cluster.nodes.size() == peers.size() + 1);
    CHECK(partitioner_named(cluster.partitioner) == protocol::Partitioner::murmur3);
    for (const auto& node : cluster.nodes) {
        CHECK_FALSE(node.tokens.empty());
        CHECK_FALSE(node.datacenter.empty());
        CHECK(node.schema_version);
    }
    const auto old_peers = session().execute(std::string{peers_query(PeersTable::peers)});
    CHECK(read_nodes(local, old_peers, PeersTable::peers, {*Inet::parse("127.0.0.1"), 9042}).nodes.size() ==
          cluster.nodes.size());
}

TEST_CASE("the nodes of a server agree on its schema")
{
    SchemaAgreement agreement{{}, SchemaAgreement::Time{}};
    const auto verdict = agreement.decide(
        session().execute(std::string{SchemaAgreement::local_query}),
        session().execute(std::string{SchemaAgreement::peers_query}), [](const Uuid&) { return false; },
        SchemaAgreement::Time{});
    CHECK(verdict == SchemaAgreement::Verdict::agreed);
}
