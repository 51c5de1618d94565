#include <algorithm>
#include <lib/testing/cluster_state.hpp>
#include <lib/testing/reaction.hpp>
#include <lib/testing/request_view.hpp>

namespace coodie::testing {
namespace {

/// A port that is free on the first address is free on all of them, but for bad luck.
constexpr int tries_to_find_a_port = 100;

Inet inet_of(const asio::ip::address& address)
{
    return Inet::parse(address.to_string()).value_or(Inet{});
}

const std::shared_ptr<const Rule>& no_rule()
{
    static const std::shared_ptr<const Rule> rule = std::make_shared<const Rule>();
    return rule;
}

}

FakeClusterState::FakeClusterState(FakeClusterOptions options)
    : model{std::move(options)}, rules{model.options.seed}, recorder{model.options.recorded}, port{model.options.port}
{
    add_first_nodes();
    thread_ = std::thread{[this] { context.run(); }};
}

FakeClusterState::~FakeClusterState()
{
    if (!thread_.joinable())
        return;
    run([this] {
        for (std::size_t node = 0; node != servers.size(); ++node)
            stop(node);
        held.clear();
    });
    context.stop();
    thread_.join();
}

void FakeClusterState::add_first_nodes()
{
    for (const auto& node : model.options.nodes) {
        model.add(node);
        servers.emplace_back();
    }
    for (int tries = tries_to_find_a_port;; --tries) {
        std::size_t node = 0;
        while (node != servers.size() && listen_at(node, port))
            ++node;
        if (node == servers.size())
            return;
        if (model.options.port != 0 || tries == 0)
            listen(node);
        for (std::size_t listening = 0; listening != node; ++listening)
            servers[listening].listener = nullptr;
        port = 0;
    }
}

bool FakeClusterState::listen_at(std::size_t number, std::uint16_t at_port)
{
    auto& node = model.nodes[number];
    if (node.description.port != 0)
        at_port = node.description.port;
    auto& server = servers[number];
    server.listener = Listener::open(context, node.address, at_port, [this, number](asio::ip::tcp::socket socket) {
        accept(number, std::move(socket), false);
    });
    if (!server.listener)
        return false;
    node.port = server.listener->port();
    if (port == 0 && node.description.port == 0 && !model.options.own_ports)
        port = node.port;
    if (node.description.shards == 0)
        return true;
    server.shard_aware_listener =
        Listener::open(context, node.address, node.shard_aware_port,
                       [this, number](asio::ip::tcp::socket socket) { accept(number, std::move(socket), true); });
    if (!server.shard_aware_listener)
        return false;
    node.shard_aware_port = server.shard_aware_listener->port();
    return true;
}

void FakeClusterState::listen(std::size_t node)
{
    const auto& known = model.nodes.at(node);
    if (!servers[node].listener && !listen_at(node, known.port != 0 ? known.port : port))
        Error{errc::configuration, "FakeCluster: " + known.description.address + " port " +
                                       std::to_string(known.port != 0 ? known.port : port) +
                                       " is in use by somebody else"}
            .raise();
}

std::size_t FakeClusterState::add(FakeNode node)
{
    const auto number = model.add(std::move(node));
    servers.emplace_back();
    try {
        listen(number);
    } catch (...) {
        model.nodes[number].removed = true;
        throw;
    }
    return number;
}

void FakeClusterState::stop(std::size_t node)
{
    servers.at(node).listener = nullptr;
    servers[node].shard_aware_listener = nullptr;
    end_connections(node, &FakeConnection::close);
    servers[node].frozen.reset();
    model.nodes[node].prepared.clear();
}

void FakeClusterState::end_connections(std::size_t node, void (FakeConnection::*end)())
{
    const auto ending = servers.at(node).connections;
    for (const auto& connection : ending)
        ((*connection).*end)();
}

void FakeClusterState::resume(std::size_t node)
{
    servers.at(node).frozen.reset();
    const auto resuming = servers[node].connections;
    for (const auto& connection : resuming)
        connection->resume();
}

void FakeClusterState::release()
{
    const auto released = std::exchange(held, {});
    for (const auto& frame : released)
        frame.connection->send(frame.pieces);
}

std::size_t FakeClusterState::push(const FakeEvent& event, std::optional<std::size_t> from)
{
    std::size_t sent = 0;
    for (std::size_t node = 0; node != servers.size(); ++node)
        for (const auto& connection : servers[node].connections) {
            const auto& dialogue = connection->dialogue();
            const auto& types = dialogue.event_types;
            const bool wanted = event.type.empty() ? !types.empty() : std::ranges::count(types, event.type) != 0;
            if (!wanted || from.value_or(node) != node)
                continue;
            connection->send({{event_frame(event.body, dialogue.compression)}});
            ++sent;
        }
    return sent;
}

Dialogue FakeClusterState::dialogue_of(std::size_t node, const asio::ip::tcp::socket& socket, bool shard_aware)
{
    asio::error_code ignored;
    const auto client = socket.remote_endpoint(ignored);
    Dialogue dialogue{.node = node, .connection = accepted_++, .client = inet_of(client.address())};
    if (const auto shards = model.nodes[node].description.shards; shards != 0)
        dialogue.shard =
            static_cast<std::uint16_t>((shard_aware ? client.port() : servers[node].next_shard++) % shards);
    return dialogue;
}

void FakeClusterState::accept(std::size_t node, asio::ip::tcp::socket socket, bool shard_aware)
{
    asio::error_code ignored;
    socket.set_option(asio::ip::tcp::no_delay{true}, ignored);
    auto dialogue = dialogue_of(node, socket, shard_aware);
    const auto connection = std::make_shared<FakeConnection>(*this, std::move(socket), std::move(dialogue));
    servers[node].connections.push_back(connection);
    recorder.change_count(node, [](ConnectionCount& count) {
        ++count.open;
        ++count.accepted;
    });
    connection->start();
}

void FakeClusterState::received(const std::shared_ptr<FakeConnection>& connection, std::span<const std::byte> frame)
{
    const auto incoming = read_request(frame, connection->dialogue(), model);
    recorder.add(incoming->seen);
    if (watcher)
        watcher(incoming->seen);
    const auto rule = rules.take(incoming->seen);
    std::make_shared<Reaction>(*this, connection, incoming, rule ? rule : no_rule())->run();
}

void FakeClusterState::said(FakeConnection& connection, const Incoming& incoming, const Answer& answer)
{
    auto& dialogue = connection.dialogue();
    responder.said(dialogue, incoming, answer);
    if (incoming.header.opcode == Opcode::register_ && answer.opcode == Opcode::ready)
        recorder.change_count(dialogue.node, [](ConnectionCount& count) { ++count.registered; });
}

void FakeClusterState::closed(FakeConnection& connection)
{
    const auto& dialogue = connection.dialogue();
    servers[dialogue.node].connections.remove_if([&](const auto& known) { return known.get() == &connection; });
    recorder.change_count(dialogue.node, [&](ConnectionCount& count) {
        --count.open;
        count.registered -= !dialogue.event_types.empty();
    });
}

}
