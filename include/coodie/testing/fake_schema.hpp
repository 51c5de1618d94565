#pragma once

#include <coodie/value.hpp>
#include <map>

namespace coodie::testing {

// A schema as data: what system_schema's tables say, in the words of CQL. `columns` of each part stand instead of what
// its row would say otherwise: null, nonsense, or an option of the table.

struct FakeColumn
{
    std::string name;
    std::string type = "text";
    std::string kind = "regular"; ///< partition_key, clustering, static
    int position = -1;            ///< in the partition key, or among the clustering columns
    std::string order = "none";   ///< asc, desc for clustering
};

struct FakeIndex
{
    std::string name;
    std::string kind = "COMPOSITES";
    std::map<std::string, std::string> options = {};
};

struct FakeTable
{
    std::string name;
    std::vector<FakeColumn> columns = {};
    std::vector<FakeIndex> indexes = {};
    std::optional<Uuid> id = {};
    std::map<std::string, Value> row = {};
};

struct FakeView
{
    std::string name;
    std::string base;
    std::vector<FakeColumn> columns = {};
    std::string where = "";
    bool include_all_columns = false;
    std::optional<Uuid> id = {};
    std::map<std::string, Value> row = {};
};

struct FakeUserType
{
    std::string name;
    std::vector<std::pair<std::string, std::string>> fields = {}; ///< name and type
};

struct FakeFunction
{
    std::string name;
    std::vector<std::pair<std::string, std::string>> arguments = {}; ///< name and type
    std::string returns = "int";
    std::string language = "java";
    std::string body = "return x;";
    bool called_on_null = false;
};

struct FakeAggregate
{
    std::string name;
    std::vector<std::string> arguments = {};
    std::string state_function = {};
    std::string state_type = "int";
    std::optional<std::string> final_function = {};
    std::optional<std::string> initial = {};
    std::string returns = "int";
};

struct FakeKeyspace
{
    std::string name;
    std::map<std::string, std::string> replication = {{"class", "org.apache.cassandra.locator.SimpleStrategy"},
                                                      {"replication_factor", "1"}};
    bool durable_writes = true;
    std::vector<FakeTable> tables = {};
    std::vector<FakeView> views = {};
    std::vector<FakeUserType> types = {};
    std::vector<FakeFunction> functions = {};
    std::vector<FakeAggregate> aggregates = {};
    std::map<std::string, Value> row = {};

    COODIE_API static FakeKeyspace simple(std::string name, int replication_factor);
    COODIE_API static FakeKeyspace network(std::string name, std::map<std::string, std::string> factors);
};

/// A table of these columns (name and type); the first `partition` make the partition key, the next `clustering` order
/// its rows: table("events", {{"day", "date"}, {"at", "timestamp"}, {"what", "text"}}, 1, 1)
COODIE_API FakeTable table(std::string name, std::vector<std::pair<std::string, std::string>> columns,
                           std::size_t partition = 1, std::size_t clustering = 0);

using FakeSchema = std::vector<FakeKeyspace>;

}
