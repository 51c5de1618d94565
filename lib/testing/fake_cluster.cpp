#include <algorithm>
#include <lib/testing/cluster_state.hpp>

namespace coodie::testing {

FakeCluster::FakeCluster(FakeClusterOptions options) : state_{std::make_shared<FakeClusterState>(std::move(options))} {}

FakeCluster::~FakeCluster() = default;

FakeCluster::AddedRule::~AddedRule()
{
    cluster_.add_rule(std::move(*this));
}

// ---- where it is

std::size_t FakeCluster::size() const
{
    return state_->run([this] { return state_->servers.size(); });
}

std::uint16_t FakeCluster::port() const
{
    return state_->run([this] { return state_->port; });
}

std::string FakeCluster::address(std::size_t node) const
{
    return state_->run([&] {
        const auto& known = state_->model.nodes.at(node);
        const auto host = known.address.to_string();
        return (known.address.is_v4() ? host : "[" + host + "]") + ":" + std::to_string(known.port);
    });
}

std::vector<std::string> FakeCluster::contact_points() const
{
    return state_->run([this] {
        std::vector<std::string> points;
        for (std::size_t node = 0; node != state_->servers.size(); ++node)
            if (!state_->model.nodes[node].removed)
                points.push_back(address(node));
        return points;
    });
}

Uuid FakeCluster::host_id(std::size_t node) const
{
    return state_->run([&] { return *state_->model.nodes.at(node).description.host_id; });
}

// ---- its nodes

void FakeCluster::stop(std::size_t node)
{
    state_->run([&] { state_->stop(node); });
}

void FakeCluster::start(std::size_t node)
{
    state_->run([&] { state_->listen(node); });
}

void FakeCluster::restart(std::size_t node)
{
    state_->run([&] {
        state_->stop(node);
        state_->listen(node);
    });
}

std::size_t FakeCluster::add_node(FakeNode node)
{
    return state_->run([&] { return state_->add(std::move(node)); });
}

void FakeCluster::remove_node(std::size_t node)
{
    state_->run([&] {
        state_->stop(node);
        state_->model.nodes.at(node).removed = true;
    });
}

void FakeCluster::freeze(std::size_t node, Frozen how)
{
    state_->run([&] { state_->servers.at(node).frozen = how; });
}

void FakeCluster::thaw(std::size_t node)
{
    state_->run([&] { state_->resume(node); });
}

void FakeCluster::close_connections(std::size_t node)
{
    state_->run([&] { state_->end_connections(node, &FakeConnection::close); });
}

void FakeCluster::reset_connections(std::size_t node)
{
    state_->run([&] { state_->end_connections(node, &FakeConnection::reset); });
}

void FakeCluster::change_node(std::size_t node, const std::function<void(FakeNode&)>& change)
{
    state_->run([&] { change(state_->model.nodes.at(node).description); });
}

void FakeCluster::forget_prepared(std::size_t node)
{
    state_->run([&] { state_->model.nodes.at(node).prepared.clear(); });
}

// ---- what it answers

void FakeCluster::change_schema(const std::function<void(FakeSchema&)>& change)
{
    state_->run([&] {
        change(state_->model.schema);
        state_->model.schema_version = Uuid::random();
    });
}

void FakeCluster::prime(Primed statement)
{
    state_->run([&] {
        auto cql = statement.cql;
        state_->model.primed.insert_or_assign(std::move(cql), std::move(statement));
    });
}

void FakeCluster::forget_primed()
{
    state_->run([&] { state_->model.primed.clear(); });
}

// ---- how it fails

FakeCluster::AddedRule FakeCluster::on(Opcode opcode)
{
    return {*this, testing::on(opcode)};
}

FakeCluster::AddedRule FakeCluster::on_any()
{
    return {*this, testing::on_any()};
}

void FakeCluster::add_rule(Rule rule)
{
    state_->run([&] { state_->rules.add(std::move(rule)); });
}

void FakeCluster::remove_rules()
{
    state_->run([&] { state_->rules.remove_all(); });
}

void FakeCluster::remove_rules(std::string_view name)
{
    state_->run([&] { state_->rules.remove(name); });
}

std::size_t FakeCluster::uses_of(std::string_view rule) const
{
    return state_->run([&] { return state_->rules.uses_of(rule); });
}

std::size_t FakeCluster::held() const
{
    return state_->run([this] { return state_->held.size(); });
}

void FakeCluster::release()
{
    state_->run([this] { state_->release(); });
}

void FakeCluster::release_backwards()
{
    state_->run([this] {
        std::ranges::reverse(state_->held);
        state_->release();
    });
}

// ---- what it tells without being asked

std::size_t FakeCluster::push(FakeEvent event)
{
    return state_->run([&] { return state_->push(event, {}); });
}

std::size_t FakeCluster::push(FakeEvent event, std::size_t from_node)
{
    return state_->run([&] { return state_->push(event, from_node); });
}

std::size_t FakeCluster::push_status(std::string_view change, std::size_t about)
{
    return state_->run([&] {
        const auto& node = state_->model.nodes.at(about);
        return state_->push(FakeEvent::status(change, node.address, node.port), {});
    });
}

std::size_t FakeCluster::push_topology(std::string_view change, std::size_t about)
{
    return state_->run([&] {
        const auto& node = state_->model.nodes.at(about);
        return state_->push(FakeEvent::topology(change, node.address, node.port), {});
    });
}

// ---- what it saw

std::vector<RecordedRequest> FakeCluster::recorded(const Requests& which) const
{
    return state_->recorder.requests(which.condition);
}

std::size_t FakeCluster::count(const Requests& which) const
{
    return state_->recorder.count(which.condition);
}

bool FakeCluster::await(const Requests& which, std::size_t times, std::chrono::milliseconds timeout) const
{
    return state_->recorder.await(which.condition, times, timeout);
}

void FakeCluster::forget_requests()
{
    state_->recorder.forget();
}

void FakeCluster::watch(std::function<void(const RecordedRequest&)> watcher)
{
    state_->run([&] { state_->watcher = std::move(watcher); });
}

std::size_t FakeCluster::connections() const
{
    std::size_t open = 0;
    for (std::size_t node = 0; node != size(); ++node)
        open += connections(node);
    return open;
}

std::size_t FakeCluster::connections(std::size_t node) const
{
    return state_->recorder.count_of(node).open;
}

std::size_t FakeCluster::registered(std::size_t node) const
{
    return state_->recorder.count_of(node).registered;
}

std::size_t FakeCluster::accepted(std::size_t node) const
{
    return state_->recorder.count_of(node).accepted;
}

bool FakeCluster::await_connections(std::size_t node, std::size_t open, std::chrono::milliseconds timeout) const
{
    return state_->recorder.await_connections(node, open, timeout);
}

}
