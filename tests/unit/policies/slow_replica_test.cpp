#include "small_cluster.hpp"

#include <array>
#include <doctest/doctest.h>
#include <queue>

using namespace coodie;

namespace {

/// Three replicas, each of which answers its requests one after the other, and clients that send the next request as
/// soon as the last one is answered. Time is in microseconds and counted, not waited for.
class Simulation
{
public:
    using Shares = std::array<unsigned, 3>;

    explicit Simulation(int clients)
    {
        for (int i = 0; i != 3; ++i)
            cluster_.add();
        cluster_.set_replicas({HostIndex{0}, HostIndex{1}, HostIndex{2}});
        cluster_.ranked_by(policy_);
        for (int i = 0; i != clients; ++i)
            send();
    }
    void set_service_time(std::size_t host, std::int64_t time) { service_time_[host] = time; }
    /// How many requests went where within `duration`.
    Shares run(std::int64_t duration)
    {
        shares_ = {};
        const auto end = now_ + duration;
        while (answers_.top().first < end) {
            const auto [time, host] = answers_.top();
            answers_.pop();
            now_ = time;
            cluster_.set_in_flight(HostIndex{host}, --in_flight_[host]);
            send();
        }
        now_ = end;
        return shares_;
    }

private:
    using Answer = std::pair<std::int64_t, std::uint32_t>; ///< when, from whom

    void send()
    {
        Plan plan{ticket_++};
        const auto host = static_cast<std::uint32_t>(policy_.next(plan, for_a_row(), cluster_).value());
        ++shares_[host];
        cluster_.set_in_flight(HostIndex{host}, ++in_flight_[host]);
        free_at_[host] = std::max(free_at_[host], now_) + service_time_[host];
        answers_.push({free_at_[host], host});
    }

    DefaultLoadBalancingPolicy policy_;
    SmallCluster cluster_;
    std::priority_queue<Answer, std::vector<Answer>, std::greater<>> answers_;
    std::array<std::int64_t, 3> service_time_{100, 100, 100};
    std::array<std::int64_t, 3> free_at_{};
    std::array<std::uint32_t, 3> in_flight_{};
    Shares shares_{};
    std::int64_t now_ = 0;
    std::uint64_t ticket_ = 0;
};

double share_of(std::size_t host, const Simulation::Shares& shares)
{
    return static_cast<double>(shares[host]) / (shares[0] + shares[1] + shares[2]);
}

}

TEST_CASE("sc-41: a replica that is ten times slower gets as much less, steadily, and its part again when it is well")
{
    Simulation simulation{60};
    CHECK(share_of(1, simulation.run(200'000)) == doctest::Approx(1.0 / 3).epsilon(0.05));

    simulation.set_service_time(1, 1'000);
    simulation.run(200'000);
    for (int second = 0; second != 60; ++second) {
        const auto share = share_of(1, simulation.run(100'000));
        CHECK(share > 0.03);
        CHECK(share < 0.07); // its part of the cluster's speed is 1/21
    }

    simulation.set_service_time(1, 100);
    simulation.run(200'000);
    for (int second = 0; second != 10; ++second)
        CHECK(share_of(1, simulation.run(100'000)) == doctest::Approx(1.0 / 3).epsilon(0.05));
}
