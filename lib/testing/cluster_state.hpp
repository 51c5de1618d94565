#pragma once

#include <asio/dispatch.hpp>
#include <asio/executor_work_guard.hpp>
#include <asio/io_context.hpp>
#include <future>
#include <lib/testing/fake_connection.hpp>
#include <lib/testing/listener.hpp>
#include <lib/testing/model.hpp>
#include <lib/testing/recorder.hpp>
#include <lib/testing/responder.hpp>
#include <lib/testing/rule_book.hpp>
#include <list>
#include <thread>

namespace coodie::testing {

/// The sockets of one node.
struct NodeServer
{
    std::unique_ptr<Listener> listener = {}; ///< null: the node is down
    std::unique_ptr<Listener> shard_aware_listener = {};
    std::list<std::shared_ptr<FakeConnection>> connections = {};
    std::optional<Frozen> frozen = {};
    std::uint16_t next_shard = 0;
};

struct HeldFrame
{
    std::shared_ptr<FakeConnection> connection;
    std::vector<Piece> pieces;
};

/// Everything behind a FakeCluster, and the thread that alone touches it (but the recorder).
struct FakeClusterState
{
    explicit FakeClusterState(FakeClusterOptions options);
    ~FakeClusterState();

    asio::io_context context{1};
    Model model;
    Responder responder{model};
    RuleBook rules;
    Recorder recorder;
    std::vector<NodeServer> servers = {};
    std::deque<HeldFrame> held = {};
    std::function<void(const RecordedRequest&)> watcher = {};
    std::uint16_t port = 0;

    /// Runs a function on the cluster's thread and gives what it gives, or throws what it throws.
    template <class Function> auto run(Function function) -> decltype(function());

    void listen(std::size_t node); ///< Errors: ConfigurationError when the address is taken
    void stop(std::size_t node);
    std::size_t add(FakeNode node);
    void end_connections(std::size_t node, void (FakeConnection::*end)());
    void resume(std::size_t node);
    void release();
    std::size_t push(const FakeEvent& event, std::optional<std::size_t> from);

    // What connections report.
    void received(const std::shared_ptr<FakeConnection>& connection, std::span<const std::byte> frame);
    void said(FakeConnection& connection, const Incoming& incoming, const Answer& answer);
    void closed(FakeConnection& connection);

private:
    void add_first_nodes();
    bool listen_at(std::size_t node, std::uint16_t at_port);
    void accept(std::size_t node, asio::ip::tcp::socket socket, bool shard_aware);
    Dialogue dialogue_of(std::size_t node, const asio::ip::tcp::socket& socket, bool shard_aware);

    asio::executor_work_guard<asio::io_context::executor_type> work_{context.get_executor()};
    std::size_t accepted_ = 0;
    std::thread thread_;
};

template <class Function> auto FakeClusterState::run(Function function) -> decltype(function())
{
    std::packaged_task<decltype(function())()> task{std::move(function)};
    auto outcome = task.get_future();
    asio::dispatch(context, [&task] { task(); });
    return outcome.get();
}

}
