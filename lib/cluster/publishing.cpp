#include "lib/cluster/control_state.hpp"

#include "lib/metadata/partitioner.hpp"

// Of the control connection: from what was read to snapshots and hosts.

namespace coodie::detail {

namespace {

std::string described(const coodie::Host& host)
{
    return host.address() + " (datacenter '" + host.datacenter() + "', rack '" + host.rack() + "')";
}

}

void ControlState::accept_hosts(const metadata::ClusterDescription& cluster, const std::vector<FoundHost>& found)
{
    learn_name(cluster.cluster_name);
    if (cluster.has_local) {
        release_version_ = cluster.nodes.front().release_version;
        is_scylla_ = !cluster.nodes.front().supported_features.empty();
    }
    const auto changes = registry_.update(found);
    auto next = snapshot_ ? *snapshot_ : ClusterSnapshot{};
    if (!snapshot_) {
        next.replica_maps = std::make_shared<metadata::ReplicaMaps>();
        next.schema = std::make_shared<SchemaMetadata>();
        next.contact_datacenter = found.front().description.datacenter;
    }
    next.cluster_name = cluster.cluster_name.empty() ? next.cluster_name : cluster.cluster_name;
    next.hosts = registry_.hosts();
    place_tokens(cluster, next);
    if (!snapshot_ || !changes.empty() || next.replica_maps != snapshot_->replica_maps)
        publish(std::move(next));
    tell(changes);
}

void ControlState::place_tokens(const metadata::ClusterDescription& cluster, ClusterSnapshot& next) const
{
    next.partitioner_class = cluster.partitioner;
    next.partitioner = metadata::partitioner_named(cluster.partitioner);
    std::vector<const metadata::NodeDescription*> nodes(next.hosts.size());
    for (const auto& node : cluster.nodes)
        if (const auto host = registry_.with_id(node.host_id))
            nodes[static_cast<std::size_t>(*host)] = &node;
    auto layout = metadata::lay_out(nodes, next.layout);
    if (layout.ring == next.layout.ring && layout.topology == next.layout.topology)
        return;
    next.layout = std::move(layout);
    place_keyspaces(next);
}

void ControlState::place_keyspaces(ClusterSnapshot& next)
{
    next.replica_maps = std::make_shared<metadata::ReplicaMaps>(next.layout.ring, next.layout.topology, *next.schema,
                                                                next.replica_maps.get());
}

void ControlState::publish(ClusterSnapshot next)
{
    snapshot_ = std::make_shared<const ClusterSnapshot>(std::move(next));
    if (listener_)
        listener_->published(snapshot_);
}

void ControlState::tell(const HostChanges& changes)
{
    news_->add(changes);
    for (const auto& host : changes.removed) {
        log(LogLevel::info, "the host " + described(*host) + " is gone");
        if (listener_)
            listener_->host_removed(host->index());
    }
    for (const auto& state : changes.added) {
        log(LogLevel::info, "the host " + described(*state.host) + " is there");
        if (listener_)
            listener_->host_added(state);
    }
    for (const auto& state : changes.moved) {
        log(LogLevel::info, "the host " + described(*state.host) + " has moved there");
        if (listener_)
            listener_->host_moved(state);
    }
}

/// From now on no node of another cluster is taken for one of this.
void ControlState::learn_name(const std::string& cluster_name)
{
    if (cluster_name.empty() || !connection_options_->handshake.cluster_name.empty())
        return;
    auto options = *connection_options_;
    options.handshake.cluster_name = cluster_name;
    nameless_options_ =
        std::exchange(connection_options_, std::make_shared<const ConnectionOptions>(std::move(options)));
}

void ControlState::changed(HostIndex index, bool is_up)
{
    const auto& host = registry_.find(index)->host;
    log(is_up ? LogLevel::info : LogLevel::warning,
        "the host " + described(*host) + (is_up ? " is up" : " is down: nothing reaches it"));
    news_->add(is_up ? &HostListener::on_up : &HostListener::on_down, host);
}

}
