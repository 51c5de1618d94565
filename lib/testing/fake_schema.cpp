#include <coodie/testing/fake_schema.hpp>

namespace coodie::testing {

FakeKeyspace FakeKeyspace::simple(std::string name, int replication_factor)
{
    return {.name = std::move(name),
            .replication = {{"class", "org.apache.cassandra.locator.SimpleStrategy"},
                            {"replication_factor", std::to_string(replication_factor)}}};
}

FakeKeyspace FakeKeyspace::network(std::string name, std::map<std::string, std::string> factors)
{
    factors.emplace("class", "org.apache.cassandra.locator.NetworkTopologyStrategy");
    return {.name = std::move(name), .replication = std::move(factors)};
}

FakeTable table(std::string name, std::vector<std::pair<std::string, std::string>> columns, std::size_t partition,
                std::size_t clustering)
{
    FakeTable made{.name = std::move(name)};
    for (auto& [column, type] : columns) {
        const auto place = made.columns.size();
        FakeColumn added{.name = std::move(column), .type = std::move(type)};
        if (place < partition) {
            added.kind = "partition_key";
            added.position = static_cast<int>(place);
        } else if (place < partition + clustering) {
            added.kind = "clustering";
            added.position = static_cast<int>(place - partition);
            added.order = "asc";
        }
        made.columns.push_back(std::move(added));
    }
    return made;
}

}
