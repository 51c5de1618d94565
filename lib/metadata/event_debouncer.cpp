#include <lib/metadata/event_debouncer.hpp>

namespace coodie::metadata {

namespace {

Refresh status_of(const protocol::StatusChange& change)
{
    const auto node = Inet::from_bytes(change.node.address());
    if (!node || (change.change != "UP" && change.change != "DOWN"))
        return {.topology = true};
    return {.statuses = {{{*node, change.node.port}, change.change == "UP"}}};
}

Refresh refresh_for(const protocol::Event& event)
{
    if (std::holds_alternative<protocol::TopologyChange>(event.body))
        return {.topology = true};
    if (const auto* const status = std::get_if<protocol::StatusChange>(&event.body))
        return status_of(*status);
    Refresh refresh;
    if (const auto* const schema = std::get_if<SchemaChange>(&event.body))
        refresh.schema.add(*schema);
    return refresh;
}

}

void Refresh::merge(Refresh later)
{
    topology = topology || later.topology;
    schema.merge(std::move(later.schema));
    for (const auto& [node, is_up] : later.statuses)
        statuses.insert_or_assign(node, is_up);
    if (statuses.size() > EventDebouncer::max_statuses) {
        statuses.clear();
        topology = true;
    }
}

void EventDebouncer::received(const protocol::Event& event, Time now)
{
    request(refresh_for(event), now);
}

void EventDebouncer::request(Refresh refresh, Time now)
{
    if (pending_.empty() && !refresh.empty())
        due_ = now + window_;
    pending_.merge(std::move(refresh));
}

std::optional<EventDebouncer::Time> EventDebouncer::due() const noexcept
{
    if (in_flight_ || pending_.empty())
        return {};
    return due_;
}

std::optional<Refresh> EventDebouncer::take(Time now)
{
    if (in_flight_ || pending_.empty() || now < due_)
        return {};
    in_flight_ = std::exchange(pending_, {});
    return in_flight_;
}

void EventDebouncer::failed(Time now)
{
    if (!in_flight_)
        return;
    auto again = std::move(*in_flight_);
    in_flight_.reset();
    again.merge(std::exchange(pending_, {}));
    request(std::move(again), now);
}

}
