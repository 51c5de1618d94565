#include "tls_session.hpp"

#include <coodie/testing/fake_cluster.hpp>
#include <doctest/doctest.h>

// Clusters of several nodes, each behind TLS.

using namespace coodie;
using namespace coodie::testing;
using namespace std::chrono_literals;

namespace {

/// Nodes that only their fronts reach.
struct TlsCluster
{
    FakeCluster cluster{{.nodes = 3, .own_ports = true}};
    std::vector<std::unique_ptr<TlsFront>> fronts;

    TlsCluster()
    {
        for (std::size_t node = 0; node != cluster.size(); ++node)
            fronts.push_back(std::make_unique<TlsFront>(cluster.address(node), signed_by_us()));
    }
    SessionOptions options() const
    {
        auto made = options_for(*fronts.front());
        made.metadata = true;
        made.reconnection_policy = std::make_shared<ConstantReconnection>(20ms);
        made.address_translator = std::make_shared<FunctionTranslator>(
            [this](const HostDescription& host) { return front_of(host.address); });
        return made;
    }

private:
    std::string front_of(const std::string& address) const
    {
        for (std::size_t node = 0; node != cluster.size(); ++node)
            if (cluster.address(node) == address)
                return fronts[node]->host();
        return {};
    }
};

Statement select()
{
    Statement statement{"SELECT of mine"};
    statement.options().idempotent = true;
    return statement;
}

bool reaches_all(Session& session, FakeCluster& cluster)
{
    cluster.forget_requests();
    const auto end = std::chrono::steady_clock::now() + 20s;
    for (std::size_t node = 0; node != cluster.size(); ++node)
        while (cluster.count(requests(Opcode::query).at(node).containing("of mine")) == 0) {
            if (std::chrono::steady_clock::now() > end)
                return false;
            (void)error_of([&] { session.execute(select()); });
        }
    return true;
}

}

TEST_CASE("cpp-20: a session finds its way back over TLS after all nodes were stopped and started again")
{
    TlsCluster secured;
    auto session = Session::connect(secured.options());
    REQUIRE(reaches_all(session, secured.cluster));
    for (int round = 0; round < 2; ++round) {
        for (std::size_t node = 0; node != 3; ++node)
            secured.cluster.stop(node);
        CHECK(error_of([&] {
            auto hasty = select();
            hasty.options().timeout = 200ms;
            session.execute(hasty);
        }));
        for (std::size_t node = 0; node != 3; ++node)
            secured.cluster.start(node);
        CHECK(reaches_all(session, secured.cluster));
    }
    for (const auto& front : secured.fronts)
        CHECK(front->raw().find("of mine") == std::string::npos);
}

TEST_CASE("cpp-34: many threads share a session over TLS while nodes stop and start, and no idempotent request fails")
{
    TlsCluster secured;
    auto options = secured.options();
    options.threads = 2;
    auto session = Session::connect(options);
    REQUIRE(reaches_all(session, secured.cluster));
    std::atomic<bool> done{false};
    std::atomic<int> failed{0}, succeeded{0};
    std::vector<std::thread> callers;
    for (int n = 0; n < 8; ++n)
        callers.emplace_back([&] {
            while (!done)
                ++(error_of([&] { session.execute(select()); }) ? failed : succeeded);
        });
    for (std::size_t node = 0; node != 3; ++node) {
        secured.cluster.stop(node);
        std::this_thread::sleep_for(50ms);
        secured.cluster.start(node);
        CHECK(reaches_all(session, secured.cluster));
    }
    done = true;
    for (auto& caller : callers)
        caller.join();
    CHECK(failed == 0);
    CHECK(succeeded > 100);
}
