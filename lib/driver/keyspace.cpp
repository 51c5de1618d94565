#include <coodie/keyspace.hpp>

#include <coodie/mapping/ddl.hpp>

namespace coodie {

namespace {

constexpr const char* topology_strategy = "NetworkTopologyStrategy";

[[noreturn]] void refuse(std::string_view keyspace, const std::string& sentence)
{
    Error{errc::invalid_query, "keyspace '" + std::string{keyspace} + "': " + sentence}.raise();
}

cql::Replication replication(std::string_view keyspace, const KeyspaceOptions& options)
{
    cql::Replication chosen;
    chosen.datacenters = options.datacenters.copies();
    if (chosen.datacenters && options.replication_factor)
        refuse(keyspace, "replication_factor and datacenters are both given");
    if (chosen.datacenters && !options.strategy.empty() && options.strategy != topology_strategy)
        refuse(keyspace, "strategy '" + options.strategy + "' and datacenters are both given; datacenters need " +
                             topology_strategy);
    if (!options.strategy.empty())
        chosen.strategy = options.strategy;
    chosen.factor = options.replication_factor.value_or(chosen.factor);
    return chosen;
}

}

Statement detail::create_keyspace_statement(std::string_view keyspace, const KeyspaceOptions& options)
{
    if (keyspace.empty())
        refuse(keyspace, "the name is empty");
    return cql::create_keyspace(keyspace, replication(keyspace, options),
                                {.durable_writes = options.durable_writes, .if_not_exists = options.if_not_exists});
}

Statement detail::drop_keyspace_statement(std::string_view keyspace, const DropKeyspaceOptions& options)
{
    if (keyspace.empty())
        refuse(keyspace, "the name is empty");
    return cql::drop_keyspace(keyspace, options.if_exists);
}

DatacenterCopies::DatacenterCopies(std::initializer_list<Copies::value_type> copies) : copies_{Copies{copies}} {}

void create_keyspace(std::string_view keyspace, const KeyspaceOptions& options)
{
    get_driver(options.driver)->execute(detail::create_keyspace_statement(keyspace, options));
}

void drop_keyspace(std::string_view keyspace, const DropKeyspaceOptions& options)
{
    get_driver(options.driver)->execute(detail::drop_keyspace_statement(keyspace, options));
}

}
