#include "ring.hpp"

#include <asio/use_future.hpp>
#include <coodie/async.hpp>
#include <functional>

// What load balancing policies decide, on the wire.

using namespace coodie;
using namespace coodie::testing;
using namespace std::chrono_literals;

namespace {

using Counts = std::vector<std::size_t>;
constexpr auto select_text = "SELECT n FROM ks.t WHERE id = ?";

std::shared_ptr<const LoadBalancingPolicy> policy(LoadBalancingOptions options)
{
    return std::make_shared<DefaultLoadBalancingPolicy>(std::move(options));
}

/// Two nodes in each of two datacenters; the first one is reached first.
FakeClusterOptions two_datacenters()
{
    return {.nodes = Nodes::in({{"here", 2}, {"there", 2}})};
}

void execute(Session& session, int times, const Statement& statement)
{
    for (int n = 0; n < times; ++n)
        session.execute(statement);
}

Statement with(Consistency consistency, std::string cql)
{
    auto statement = idempotent(std::move(cql));
    statement.options().consistency = consistency;
    return statement;
}

void prime_select(FakeCluster& cluster)
{
    cluster.prime(primed(select_text).binding({column("id", "int", "ks", "t")}).keyed_by({0}));
}

/// Keeps so many requests on their way until it is destroyed.
class Load
{
public:
    Load(Session& session, PreparedStatement statement, int in_flight)
        : session_{session}, statement_{std::move(statement)}
    {
        for (int n = 0; n < in_flight; ++n)
            ask();
    }
    ~Load()
    {
        stops_ = true;
        until([] {}, [&] { return under_way_ == 0; });
    }
    Load(const Load&) = delete;
    Load& operator=(const Load&) = delete;

private:
    void ask()
    {
        ++under_way_;
        session_.async_execute(statement_.bind(1), [this](const std::exception_ptr&, const Rows&) {
            if (!stops_)
                ask();
            --under_way_;
        });
    }

    Session& session_;
    PreparedStatement statement_;
    std::atomic<bool> stops_{false};
    std::atomic<int> under_way_{0};
};

}

TEST_CASE("cpp-64: round robin gives each host the same number of requests, whatever its datacenter")
{
    FakeCluster cluster{two_datacenters()};
    auto options = options_for(cluster);
    options.load_balancing_policy = std::make_shared<RoundRobinPolicy>();
    auto session = connect(cluster, options, {0, 1, 2, 3});
    execute(session, 200, {"SELECT evenly"});
    CHECK(counts(cluster, requests().containing("evenly")) == Counts{50, 50, 50, 50});
}

TEST_CASE("cpp-64, cpp-65: the hosts of the datacenter that was reached first share all requests evenly")
{
    FakeCluster cluster{two_datacenters()};
    auto session = connect(cluster, options_for(cluster), {0, 1});
    execute(session, 200, {"SELECT evenly"});
    CHECK(counts(cluster, requests().containing("evenly")) == Counts{100, 100, 0, 0});
    CHECK(cluster.connections(2) + cluster.connections(3) == 0);

    auto options = options_for(cluster);
    options.load_balancing_policy = policy({.local_datacenter = "there"});
    auto other = connect(cluster, options, {2, 3});
    execute(other, 200, {"SELECT there"});
    CHECK(counts(cluster, requests().containing("there")) == Counts{0, 0, 100, 100});
}

TEST_CASE("cpp-65: a datacenter that no host is in is refused, with those that there are")
{
    FakeCluster cluster{two_datacenters()};
    auto options = options_for(cluster);
    options.load_balancing_policy = policy({.local_datacenter = "nowhere"});
    const auto error = error_of([&] { Session::connect(options); });
    CHECK(error.code() == errc::configuration);
    for (const auto* name : {"nowhere", "here", "there"})
        CHECK(error.message().find(name) != std::string::npos);
}

TEST_CASE("sc-42, cpp-65: with the local datacenter down requests leave it only where they may")
{
    struct Example
    {
        const char* name;
        LoadBalancingOptions options;
        Consistency consistency;
        bool leaves;
    };
    const Example examples[]{
        {"not allowed", {}, Consistency::one, false},
        {"allowed", {.hosts_per_remote_datacenter = 2}, Consistency::one, true},
        {"local quorum", {.hosts_per_remote_datacenter = 2}, Consistency::local_quorum, false},
        {"local one", {.hosts_per_remote_datacenter = 2}, Consistency::local_one, false},
        {"local quorum, allowed",
         {.hosts_per_remote_datacenter = 2, .remote_for_local_consistency = true},
         Consistency::local_quorum,
         true},
    };
    for (const auto& example : examples) {
        CAPTURE(example.name);
        FakeCluster cluster{two_datacenters()};
        auto options = options_for(cluster);
        options.load_balancing_policy = policy(example.options);
        options.reconnection_policy = std::make_shared<ConstantReconnection>(50ms);
        options.request_timeout = 300ms;
        auto session = connect(cluster, options, {0, 1});
        if (example.options.hosts_per_remote_datacenter != 0)
            CHECK((cluster.await_connections(2, 1) && cluster.await_connections(3, 1)));
        cluster.stop(0);
        cluster.stop(1);
        const auto error = error_of([&] { session.execute(with(example.consistency, "SELECT elsewhere")); });
        const bool was_answered = !error;
        CHECK(was_answered == example.leaves);
        const auto seen = counts(cluster, requests().containing("elsewhere"));
        CHECK(seen[2] + seen[3] == (example.leaves ? 1 : 0));

        cluster.start(0);
        cluster.start(1);
        until([&] { (void)error_of([&] { session.execute(with(example.consistency, "SELECT back")); }); },
              [&] { return cluster.count(requests().at(1).containing("back")) != 0; });
    }
}

TEST_CASE("cpp-65: a request that must stay in a datacenter that is down fails at once, and holds up nobody")
{
    FakeCluster cluster{two_datacenters()};
    auto options = options_for(cluster);
    options.load_balancing_policy = policy({.hosts_per_remote_datacenter = 2});
    auto session = connect(cluster, options, {0, 1});
    CHECK(cluster.await_connections(2, 1));
    cluster.stop(0);
    cluster.stop(1);
    const auto begun = std::chrono::steady_clock::now();
    Error error;
    until([&] { error = error_of([&] { session.execute(with(Consistency::local_quorum, "SELECT here")); }); },
          [&] { return error && error.code() == errc::no_host_available; });
    CHECK_NOTHROW(session.execute(with(Consistency::one, "SELECT anywhere")));
    CHECK(std::chrono::steady_clock::now() - begun < 5s); // not its request_timeout
}

TEST_CASE("sc-40: all replicas of a row get the same part of its requests")
{
    FakeCluster cluster{ring(3)};
    prime_select(cluster);
    auto session = connect(cluster, options_for(cluster));
    const auto select = session.prepare(select_text);
    constexpr double times = 900;
    execute(session, static_cast<int>(times), select.bind(1));
    double chi_squared = 0;
    for (const auto got : counts(cluster, requests(Opcode::execute)))
        chi_squared += (static_cast<double>(got) - times / 3) * (static_cast<double>(got) - times / 3) / (times / 3);
    CHECK(chi_squared < 25); // two degrees of freedom: once in 270 000 runs
}

TEST_CASE(
    "sc-41: a replica that is twenty times slower gets a small part of the requests, and its own again when it is well")
{
    FakeCluster cluster{ring(3)};
    prime_select(cluster);
    auto session = connect(cluster, options_for(cluster));
    const auto select = session.prepare(select_text);
    cluster.on(Opcode::execute).after(10ms); // much more than what this machine adds, checked by a sanitizer too
    cluster.on(Opcode::execute).at(1).after(200ms).named("slow");
    const Load load{session, select, 48};
    const auto part_of_slow = [&] {
        cluster.forget_requests();
        CHECK(cluster.await(requests(Opcode::execute), 1'500));
        return static_cast<double>(cluster.count(requests(Opcode::execute).at(1))) /
               static_cast<double>(cluster.count(requests(Opcode::execute)));
    };
    part_of_slow(); // while it finds out
    for (int n = 0; n < 4; ++n)
        CHECK(part_of_slow() < 0.2);
    cluster.remove_rules("slow");
    part_of_slow();
    for (int n = 0; n < 2; ++n)
        CHECK(part_of_slow() > 0.25);
}

TEST_CASE("sc-18: a slow request does not hold up those behind it on its connection")
{
    FakeCluster cluster;
    auto session = Session::connect(options_for(cluster));
    cluster.on(Opcode::query).containing("slow").held();
    auto slow = session.async_execute("SELECT slow", asio::use_future);
    CHECK(cluster.await(requests().containing("slow")));
    for (int n = 0; n < 100; ++n)
        CHECK_NOTHROW(session.execute("SELECT fast"));
    CHECK(slow.wait_for(0s) == std::future_status::timeout);
    cluster.release();
    CHECK_NOTHROW(slow.get());
}
