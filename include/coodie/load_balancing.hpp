#pragma once

#include <coodie/consistency.hpp>
#include <coodie/error.hpp>
#include <coodie/host_set.hpp>
#include <coodie/host_tiers.hpp>
#include <coodie/random_numbers.hpp>
#include <coodie/token.hpp>
#include <optional>

namespace coodie {

/// What a policy may know of a request. Views are valid during the call.
struct PlanRequest
{
    std::optional<Token> token = {}; ///< none: not prepared, or not all of the partition key is known
    std::string_view keyspace = {};
    std::string_view table = {};
    Consistency consistency = Consistency::local_one;
    Consistency serial_consistency = Consistency::serial;
    bool is_lwt = false;
};

/// What a policy sees of the cluster, from one loop of the session. Valid during the call.
class ClusterView
{
public:
    virtual std::span<const std::shared_ptr<const Host>> hosts() const noexcept = 0; ///< by HostIndex; null: removed
    /// What the asked policy's rank() made of these hosts.
    virtual const HostTiers& tiers() const noexcept = 0;
    /// Who has the row, in the server's order; empty where nobody knows.
    virtual std::span<const HostIndex> replicas(const PlanRequest& request) const = 0;
    /// Requests of this loop that the host has not answered yet; where it has shards, by that of the request.
    virtual std::uint32_t in_flight(HostIndex host, const PlanRequest& request) const noexcept = 0;

protected:
    ~ClusterView() = default;
};

/// How far a request has come in the list of hosts to try, which nobody ever writes down: each host is found when it
/// is needed. Lives in the request; policies keep nothing elsewhere.
struct Plan
{
    Plan() = default;
    /// `number` is one more for each request of a loop, and starts anywhere.
    explicit Plan(std::uint64_t number) noexcept : ticket{number}, random{number} {}

    std::uint64_t ticket = 0;
    RandomNumbers random = {}; ///< other ones in each plan
    std::uint64_t scratch = 0; ///< for users' policies; those of the library leave it alone
    HostSet tried = {};        ///< named already
};

/// Which hosts a request tries, in which order.
/// Threads: called on any loop, several at once.
class COODIE_API LoadBalancingPolicy
{
public:
    virtual ~LoadBalancingPolicy();

    /// The next host to try, which must not have been named before; none: there are no more. The session takes the
    /// first that has a usable connection. On the way of every request: allocate nothing.
    virtual std::optional<HostIndex> next(Plan& plan, const PlanRequest& request, const ClusterView& cluster) const = 0;

    /// By HostIndex; called once for each change of the hosts. All local, unless overridden.
    virtual std::vector<HostRank> rank(const ClusterMembers& members) const;

    /// Whether the policy can work in this cluster, asked when the session connects: its options may name what is not
    /// there. No error, unless overridden.
    virtual Error check(const ClusterMembers& members) const;
};

/// One host after the other, those that are down last.
class COODIE_API RoundRobinPolicy final : public LoadBalancingPolicy
{
public:
    std::optional<HostIndex> next(Plan& plan, const PlanRequest& request, const ClusterView& cluster) const override;
};

/// Which hosts and in which order; what is not set has a use as it is.
struct LoadBalancingOptions
{
    std::string local_datacenter = {}; ///< empty: that of the contact point that the session reached first
    std::string local_rack = {};       ///< its hosts come first; empty: racks do not matter

    /// Hosts of each other datacenter that may get requests when no local host can take them. 0: never leave.
    std::size_t hosts_per_remote_datacenter = 0;
    /// These first and in this order, then the other ones.
    std::vector<std::string> preferred_remote_datacenters = {};
    /// LOCAL_ONE, LOCAL_QUORUM and LOCAL_SERIAL may leave too: they then mean another datacenter's replicas.
    bool remote_for_local_consistency = false;

    bool token_aware = true;          ///< replicas first
    bool shuffle_replicas = true;     ///< false: in the server's order, as lightweight transactions always are
    bool power_of_two_choices = true; ///< of two candidates, the one with fewer requests in flight

    /// "10.0.0.1" (every port) or "10.0.0.1:9042". An allow list that is not empty excludes all others; denied is
    /// denied.
    std::vector<std::string> allowed_addresses = {};
    std::vector<std::string> denied_addresses = {};
    std::vector<std::string> allowed_datacenters = {};
    std::vector<std::string> denied_datacenters = {};
};

/// Replicas of the row in the local rack, then in the local datacenter, then other hosts there in turn; then, where
/// options allow it, replicas and hosts of other datacenters; at last hosts that are down.
/// Replicas of one tier come in random order, and the less busy one of two comes first. Lightweight transactions go to
/// replicas in the server's order, so that they meet at one of them.
class COODIE_API DefaultLoadBalancingPolicy final : public LoadBalancingPolicy
{
public:
    explicit DefaultLoadBalancingPolicy(LoadBalancingOptions options = {});

    std::optional<HostIndex> next(Plan& plan, const PlanRequest& request, const ClusterView& cluster) const override;
    std::vector<HostRank> rank(const ClusterMembers& members) const override;
    /// Errors: errc::configuration for options that contradict each other, for datacenters that no host is in, and when
    /// the lists leave no local host.
    Error check(const ClusterMembers& members) const override;
    const LoadBalancingOptions& options() const noexcept { return options_; }

private:
    LoadBalancingOptions options_;
    std::uint64_t seed_; ///< of the choice of remote hosts: not every client shall take the same ones
};

}
