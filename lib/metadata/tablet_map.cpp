#include <algorithm>
#include <lib/metadata/tablet_map.hpp>

namespace coodie::metadata {

namespace {

bool has_replica(const LearnedTablet& learned, const Uuid& host_id) noexcept
{
    return std::ranges::find(learned.tablet.replicas, host_id, &routing::TabletReplica::host) !=
           learned.tablet.replicas.end();
}

/// None: there is no such table or view.
std::optional<Uuid> id_of(const KeyspaceMetadata& keyspace, std::string_view relation)
{
    if (const auto table = keyspace.table(relation))
        return table->id;
    const auto view = keyspace.view(relation);
    return view ? std::optional{view->id} : std::nullopt;
}

using Pointer = std::shared_ptr<const LearnedTablet>;

bool ends_before(const Pointer& learned, Token token) noexcept
{
    return learned->tablet.last < token;
}
bool begins_after(Token token, const Pointer& learned) noexcept
{
    return token < learned->tablet.first;
}

}

std::shared_ptr<const LearnedTablet> TabletMap::resolve(routing::Tablet tablet, const HostOf& host_of)
{
    LearnedTablet learned{.tablet = std::move(tablet), .hosts = {}, .shards = {}};
    for (const auto& replica : learned.tablet.replicas)
        if (const auto host = host_of(replica.host)) {
            learned.hosts.push_back(*host);
            learned.shards.push_back(replica.shard);
        }
    return std::make_shared<const LearnedTablet>(std::move(learned));
}

bool TabletMap::learn(std::string_view keyspace, std::string_view table, std::shared_ptr<const LearnedTablet> tablet)
{
    auto found = tables_.find(std::pair{keyspace, table});
    if (found == tables_.end() && tables_.size() == most_tables)
        return false;
    if (found == tables_.end())
        found = tables_.try_emplace(TableName{keyspace, table}).first;
    auto& tablets = found->second;

    const auto begin = std::lower_bound(tablets.begin(), tablets.end(), tablet->tablet.first, ends_before);
    const auto end = std::upper_bound(begin, tablets.end(), tablet->tablet.last, begins_after);
    if (begin == end) {
        if (tablets.size() >= capacity_)
            return false;
        tablets.insert(begin, std::move(tablet));
        return true;
    }
    *begin = std::move(tablet);
    tablets.erase(begin + 1, end);
    return true;
}

const LearnedTablet* TabletMap::find(std::string_view keyspace, std::string_view table, Token token) const noexcept
{
    const auto found = tables_.find(std::pair{keyspace, table});
    if (found == tables_.end())
        return nullptr;
    const auto& tablets = found->second;
    const auto at = std::lower_bound(tablets.begin(), tablets.end(), token, ends_before);
    return at == tablets.end() || token < (*at)->tablet.first ? nullptr : at->get();
}

void TabletMap::keep_tables_of(const SchemaMetadata& schema, const SchemaMetadata& former)
{
    std::erase_if(tables_, [&](const auto& table) {
        const auto& [name, relation] = table.first;
        const auto keyspace = schema.keyspace(name);
        const auto id = keyspace ? id_of(*keyspace, relation) : std::nullopt;
        const auto before = former.keyspace(name);
        return !id || (before && (id_of(*before, relation) != id || before->replication != keyspace->replication));
    });
}

void TabletMap::forget_host(const Uuid& host_id)
{
    for (auto& [name, tablets] : tables_)
        std::erase_if(tablets, [&](const Pointer& learned) { return has_replica(*learned, host_id); });
}

void TabletMap::complete(const HostOf& host_of)
{
    for (auto& [name, tablets] : tables_)
        for (auto& learned : tablets)
            if (!learned->is_complete())
                learned = resolve(learned->tablet, host_of);
}

std::size_t TabletMap::size() const noexcept
{
    std::size_t size = 0;
    for (const auto& [name, tablets] : tables_)
        size += tablets.size();
    return size;
}

}
