#include "lib/cluster/control_state.hpp"

#include "lib/metadata/partitioner.hpp"
#include <algorithm>

// Of the control connection: from what was read to snapshots and hosts.

namespace coodie::detail {

namespace {

std::string described(const coodie::Host& host)
{
    return host.address() + " (datacenter '" + host.datacenter() + "', rack '" + host.rack() + "')";
}

bool same_places(const TokenMap::Places& a, const TokenMap::Places& b)
{
    const auto same_location = [&](const metadata::Location& left, const metadata::Location& right) {
        return left.rack == right.rack && a.topology.name_of(left.datacenter) == b.topology.name_of(right.datacenter);
    };
    if (!std::ranges::equal(a.ring.tokens(), b.ring.tokens()) || a.topology.size() != b.topology.size())
        return false;
    for (std::size_t node = 0; node != a.topology.size(); ++node) {
        const HostIndex index{static_cast<std::uint32_t>(node)};
        if (!same_location(a.topology.location(index), b.topology.location(index)))
            return false;
    }
    return true;
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
        next.tokens = std::make_shared<TokenMap>();
        next.schema = std::make_shared<SchemaMetadata>();
        next.contact_datacenter = found.front().description.datacenter;
    }
    next.cluster_name = cluster.cluster_name.empty() ? next.cluster_name : cluster.cluster_name;
    next.hosts = registry_.hosts();
    place_tokens(cluster, next);
    if (!snapshot_ || !changes.empty() || next.tokens != snapshot_->tokens)
        publish(std::move(next));
    tell(changes);
}

/// By HostIndex: those that are gone stand where they stood, and own nothing.
void ControlState::place_tokens(const metadata::ClusterDescription& cluster, ClusterSnapshot& next) const
{
    next.partitioner = metadata::partitioner_named(cluster.partitioner);
    std::vector<routing::RingToken> tokens;
    for (const auto& node : cluster.nodes)
        if (const auto host = registry_.with_id(node.host_id))
            for (const auto token : node.tokens)
                tokens.push_back({token, *host});
    metadata::Topology topology;
    for (const auto& host : next.hosts)
        topology.add(host ? host->datacenter() : std::string{}, host ? host->rack() : std::string{});
    auto places = std::make_shared<const TokenMap::Places>(
        TokenMap::Places{routing::Ring{std::move(tokens)}, std::move(topology)});
    const auto& former = *next.tokens;
    if (!former.places() || !same_places(*former.places(), *places))
        next.tokens = std::make_shared<TokenMap>(std::move(places), *next.schema, former);
}

void ControlState::publish(ClusterSnapshot next)
{
    ++next.generation;
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
