#pragma once

#include <coodie/testing/fake_event.hpp>
#include <coodie/testing/fake_node.hpp>
#include <coodie/testing/fake_schema.hpp>
#include <coodie/testing/primed.hpp>
#include <coodie/testing/rows.hpp>
#include <coodie/testing/rule.hpp>

namespace coodie::testing {

struct FakeClusterOptions
{
    Nodes nodes = 1;
    FakeSchema schema = {}; ///< USE of a keyspace that it lacks is an error, unless it has none at all
    std::string name = "fake cluster";
    std::string username = {}; ///< not empty: PLAIN is asked for
    std::string password = {};
    std::string authenticator = "org.apache.cassandra.auth.PasswordAuthenticator";
    std::string partitioner = "org.apache.cassandra.dht.Murmur3Partitioner";
    std::map<std::string, std::vector<std::string>> supported = {}; ///< beside and instead of the usual
    bool peers_v2 = true;                                           ///< the table exists, as since Cassandra 4
    std::string first_address = "127.0.0.1";                        ///< the others follow
    std::uint16_t port = 0;                                         ///< of all nodes; 0: one that is free
    bool own_ports = false; ///< all on the first address, each with a port of its own (only peers_v2 can say that)
    std::size_t recorded = 1'000'000; ///< requests kept; older ones are forgotten
    std::uint32_t seed = 1;           ///< of everything that is random
};

enum class Frozen : std::uint8_t
{
    reading,   ///< as a stopped process: connections are accepted, nothing is read; thawed, it catches up
    answering, ///< requests are read and recorded; what there is to say waits
};

struct FakeClusterState;

/// A cluster of scripted nodes on real sockets of the loopback interface: talks CQL v4, describes itself in its system
/// tables, answers primed statements, and fails as its rules say. It is no database: what nobody primed is answered
/// with no rows.
///     FakeCluster cluster{{.nodes = 3}};
///     cluster.on(Opcode::execute).at(1).containing("INSERT").times(1).reply(error(errc::overloaded,
///     "busy")).after(10ms); auto session = Session::connect({.hosts = cluster.contact_points()});
/// Threads: one of its own serves all nodes; every member may be called from any thread and has happened when it
/// returns.
class COODIE_API FakeCluster
{
public:
    /// Errors: ConfigurationError when an address cannot be listened on.
    explicit FakeCluster(FakeClusterOptions options = {});
    ~FakeCluster();
    FakeCluster(const FakeCluster&) = delete;
    FakeCluster& operator=(const FakeCluster&) = delete;

    // ---- where it is
    std::size_t size() const; ///< nodes ever given; their numbers run from 0 and are never reused
    std::uint16_t port() const;
    std::string address(std::size_t node) const; ///< "127.0.0.1:41234"
    std::vector<std::string> contact_points() const;
    Uuid host_id(std::size_t node) const;

    // ---- its nodes
    void stop(std::size_t node);  ///< as kill -9: refuses connections, ends those it has
    void start(std::size_t node); ///< again, with nothing prepared
    void restart(std::size_t node);
    std::size_t add_node(FakeNode node);
    void remove_node(std::size_t node); ///< stops it and forgets it in all tables
    void freeze(std::size_t node, Frozen how = Frozen::reading);
    void thaw(std::size_t node);
    void close_connections(std::size_t node);
    void reset_connections(std::size_t node); ///< with RST
    void change_node(std::size_t node, const std::function<void(FakeNode&)>& change);
    void forget_prepared(std::size_t node);

    // ---- what it answers
    void change_schema(const std::function<void(FakeSchema&)>& change); ///< gives all nodes a new schema version
    void prime(Primed statement);
    void prime(std::string cql, Answer answer) { prime(primed(std::move(cql)).answered(std::move(answer))); }
    void forget_primed();

    // ---- how it fails; the newest rule that fits decides
    class AddedRule;
    AddedRule on(Opcode opcode); ///< `cluster.on(Opcode::query).at(0).drop();` the rule stands when the statement ends
    AddedRule on_any();
    void add_rule(Rule rule);
    void remove_rules(); ///< all of them
    void remove_rules(std::string_view name);
    std::size_t uses_of(std::string_view rule) const;
    std::size_t held() const; ///< frames
    void release();           ///< what was held, in order
    void release_backwards(); ///< the last one first

    // ---- what it tells without being asked
    /// Gives how many connections it was sent on.
    std::size_t push(FakeEvent event);
    std::size_t push(FakeEvent event, std::size_t from_node);
    std::size_t push_status(std::string_view change, std::size_t about);
    std::size_t push_topology(std::string_view change, std::size_t about);

    // ---- what it saw
    std::vector<RecordedRequest> recorded(const Requests& which = {}) const;
    std::size_t count(const Requests& which = {}) const;
    /// Waits until that many came. Gives false when the time is over first.
    [[nodiscard]] bool await(const Requests& which, std::size_t times = 1,
                             std::chrono::milliseconds timeout = std::chrono::seconds{10}) const;
    void forget_requests();
    /// Called with every request from now on, on the cluster's thread.
    void watch(std::function<void(const RecordedRequest&)> watcher);
    std::size_t connections() const; ///< open now
    std::size_t connections(std::size_t node) const;
    std::size_t registered(std::size_t node) const; ///< of these, for events
    std::size_t accepted(std::size_t node) const;   ///< ever
    /// Waits until exactly so many connections are open.
    [[nodiscard]] bool await_connections(std::size_t node, std::size_t open,
                                         std::chrono::milliseconds timeout = std::chrono::seconds{10}) const;

private:
    std::shared_ptr<FakeClusterState> state_;
};

/// A rule that is still being said.
class COODIE_API FakeCluster::AddedRule : public Rule
{
public:
    AddedRule(FakeCluster& cluster, Rule rule) : Rule{std::move(rule)}, cluster_{cluster} {}
    ~AddedRule();
    AddedRule(const AddedRule&) = delete;
    AddedRule& operator=(const AddedRule&) = delete;

private:
    FakeCluster& cluster_;
};

}
