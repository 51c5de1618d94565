#include "cluster_watcher.hpp"
#include "lib/cluster/control_line.hpp"
#include "lib/pool/connector.hpp"
#include "scripted_server.hpp"

#include <coodie/container_codecs.hpp>
#include <coodie/inet.hpp>
#include <doctest/doctest.h>
#include <set>

using namespace coodie;
using protocol::Opcode;
using namespace std::chrono_literals;

// The control connection and servers whose every byte is scripted.

namespace {

/// A RESULT of rows, column by column.
class Table
{
public:
    template <class T> Table& with(std::string name, const std::optional<T>& value)
    {
        columns_->columns.push_back({"system", "table", std::move(name), Codec<T>::type()});
        row_.add(value);
        return *this;
    }
    ScriptedServer::Reply row() const
    {
        protocol::RowsResult rows;
        rows.metadata.columns_count = columns_->columns.size();
        rows.metadata.columns = columns_;
        rows.content = row_.bytes();
        rows.rows = 1;
        return reply(protocol::ResultResponse{std::move(rows)});
    }

private:
    std::shared_ptr<ResultMetadata> columns_ = std::make_shared<ResultMetadata>();
    ValueBuffer row_;
};

Table node(const Uuid& host_id, const std::string& rack = "r1")
{
    Table table;
    table.with<Uuid>("host_id", host_id)
        .with<std::string>("data_center", "dc1")
        .with<std::string>("rack", rack)
        .with<std::string>("release_version", "5.0.0")
        .with<std::set<std::string>>("tokens", std::set{std::to_string(std::to_integer<int>(host_id.bytes[0]))});
    return table;
}

ScriptedServer::Rule local(const Uuid& host_id, const std::string& name = "home", const std::string& rack = "r1")
{
    auto table = node(host_id, rack);
    table.with<std::string>("cluster_name", name)
        .with<std::string>("partitioner", "org.apache.cassandra.dht.Murmur3Partitioner");
    return {Opcode::query, "* FROM system.local", {table.row()}};
}

ScriptedServer::Rule cluster_name(const std::string& name)
{
    return {Opcode::query, "cluster_name FROM system.local", {row_reply(name)}};
}

ScriptedServer::Rule peer(const Uuid& host_id, const char* address)
{
    auto table = node(host_id);
    const auto inet = Inet::parse(address).value();
    table.with<Inet>("peer", inet).with<Inet>("native_address", inet).with<std::int32_t>("native_port", 9042);
    return {Opcode::query, "system.peers_v2", {table.row()}};
}

template <class Body> ScriptedServer::Reply event(Body body)
{
    auto frame = protocol::frame_of(protocol::Event{std::move(body)}, -1);
    return {ScriptedServer::Reply::Kind::raw, std::move(frame)};
}

const Uuid first_id = Uuid::random();
const Uuid second_id = Uuid::random();

}

TEST_CASE("a node and its peer are hosts, in the order in which they are told")
{
    ScriptedServer server{{local(first_id), peer(second_id, "10.1.2.3")}};
    ClusterWatcher watcher{{server.host()}};
    REQUIRE_FALSE(watcher.connect());
    REQUIRE(watcher.hosts() == 2);
    CHECK(watcher.snapshot()->hosts[0]->address() == server.host());
    CHECK(watcher.snapshot()->hosts[0]->host_id() == first_id);
    CHECK(watcher.snapshot()->hosts[1]->address() == "10.1.2.3:9042");
    CHECK(watcher.snapshot()->cluster_name == "home");
    CHECK(watcher.news == std::vector<std::string>{"added 0", "added 1"});
    CHECK(server.count(Opcode::register_) == 1);
    CHECK(server.connections() == 1);
}

TEST_CASE("a server that tells nothing of itself is a host all the same")
{
    ScriptedServer server;
    ClusterWatcher watcher{{server.host()}};
    REQUIRE_FALSE(watcher.connect());
    REQUIRE(watcher.hosts() == 1);
    CHECK(watcher.snapshot()->hosts[0]->address() == server.host());
    CHECK(watcher.snapshot()->replicas("ks", Token{0}).empty());
}

TEST_CASE("sc-01, sc-09: silent and dead contact points cost little")
{
    ScriptedServer silent{{{Opcode::options, "", {silence()}}}};
    ScriptedServer hangs_up{{{Opcode::options, "", {hang_up()}}}};
    ScriptedServer good{{local(first_id)}};
    ClusterWatcher watcher{{silent.host(), "127.0.0.1:1", hangs_up.host(), good.host()}};
    const auto start = std::chrono::steady_clock::now();
    REQUIRE_FALSE(watcher.connect());
    CHECK(std::chrono::steady_clock::now() - start < 1'000ms);
    CHECK(watcher.snapshot()->hosts[0]->address() == good.host());
}

TEST_CASE("cpp-07, sc-01: when all are silent, the start ends with the connect timeout, and lists them")
{
    ScriptedServer one{{{Opcode::options, "", {silence()}}}};
    ScriptedServer two{{{Opcode::options, "", {silence()}}}};
    auto options = ClusterWatcher::options_for({one.host(), two.host()});
    options.connection.connect_timeout = 400ms;
    ClusterWatcher watcher{options};
    const auto start = std::chrono::steady_clock::now();
    const auto error = watcher.connect();
    CHECK(std::chrono::steady_clock::now() - start < 1'500ms);
    REQUIRE(error);
    CHECK(error.code() == errc::no_host_available);
    REQUIRE(error.attempts().size() == 2);
    CHECK(error.attempts()[1].host == two.host());
    CHECK(error.attempts()[1].code == errc::request_timeout);
}

TEST_CASE("sc-10: nodes of another cluster are refused from the second connection on")
{
    ScriptedServer other{{cluster_name("elsewhere"), local(second_id, "elsewhere")}};
    ScriptedServer home{{cluster_name("home"), local(first_id)}};
    ClusterWatcher watcher{{home.host(), other.host()}};
    REQUIRE_FALSE(watcher.connect());
    home.add({Opcode::options, "", {hang_up()}});
    home.hang_up_all();
    watcher.run_for(300ms);
    CHECK(other.count(Opcode::register_) == 0);
    CHECK(watcher.has_line("'elsewhere'"));
    CHECK(watcher.snapshot()->cluster_name == "home");
}

TEST_CASE("a malformed answer ends the control connection, and the next one reads everything")
{
    auto broken = local(first_id);
    broken.replies = {body(Opcode::result, std::string_view{"\0\0\0\2nonsense", 12})};
    broken.uses = 1;
    ScriptedServer server{{broken, local(first_id)}};
    ScriptedServer second{{local(first_id)}};
    ClusterWatcher watcher{{server.host(), second.host()}};
    REQUIRE_FALSE(watcher.connect());
    CHECK(watcher.snapshot()->hosts[0]->address() == second.host());
}

TEST_CASE("cpp-58: an event before REGISTER is answered is heard, and acted on when everything was read")
{
    const protocol::StatusChange down{"DOWN", {{std::byte{10}, std::byte{1}, std::byte{2}, std::byte{3}}, 4, 9042}};
    ScriptedServer server{{{Opcode::register_, "", {event(down), reply(protocol::Ready{})}},
                           local(first_id),
                           peer(second_id, "10.1.2.3")}};
    ClusterWatcher watcher{{server.host()}};
    REQUIRE_FALSE(watcher.connect());
    CHECK_FALSE(watcher.has_news("may be down 1"));
    CHECK(watcher.await([&] { return watcher.has_news("may be down 1"); }));
}

TEST_CASE("a lost control connection comes back by itself, and hosts that changed meanwhile are told")
{
    ScriptedServer server{{local(first_id), peer(second_id, "10.1.2.3")}};
    ClusterWatcher watcher{{server.host()}};
    REQUIRE_FALSE(watcher.connect());
    server.add({Opcode::query, "never asked", {void_reply()}});
    server.hang_up_all();
    REQUIRE(watcher.await([&] { return server.count(Opcode::register_) == 2; }));
    watcher.run_for(100ms);
    CHECK(watcher.hosts() == 2);
    CHECK(watcher.news.size() == 2); // nothing changed: nothing is told twice
    CHECK(watcher.snapshots.size() <= 2);
}

TEST_CASE("the control connection can be closed at any moment, and tells nobody anything afterwards")
{
    ScriptedServer server{{local(first_id), peer(second_id, "10.1.2.3")}};
    int started = 0;
    for (int handlers = 0; handlers < 25; ++handlers) {
        CAPTURE(handlers);
        ClusterWatcher watcher{{"127.0.0.1:1", server.host()}};
        watcher.start();
        watcher.run_handlers(handlers);
        started += watcher.starts;
        watcher.close();
        CHECK(watcher.starts == 1);
        const auto told = watcher.news.size() + watcher.snapshots.size();
        watcher.run_for(20ms);
        CHECK(watcher.news.size() + watcher.snapshots.size() == told);
        CHECK(watcher.starts == 1);
    }
    CHECK(started > 0);
    CHECK(started < 25);
}

TEST_CASE("the control connection can be closed from inside everything that it tells")
{
    ScriptedServer server{{local(first_id), peer(second_id, "10.1.2.3")}};
    for (std::size_t at = 1; at <= 3; ++at) {
        CAPTURE(at);
        ClusterWatcher watcher{{server.host()}};
        const auto told = [&] { return watcher.news.size() + watcher.snapshots.size(); };
        watcher.on_news = [&] {
            if (told() == at)
                watcher.close();
        };
        CHECK(watcher.connect());
        CHECK(watcher.starts == 1);
        watcher.run_for(20ms);
        CHECK(told() == at);
    }
}

TEST_CASE("questions beyond the streams of a control line are not sent, and end")
{
    struct Owner final : detail::LineOwner
    {
        void heard(const protocol::Event&) override {}
        void line_lost(const Error&) override {}
    };
    const ScriptedServer server{{{Opcode::query, "", {silence()}}}};
    ClusterWatcher watcher{{server.host()}}; // only its loop is used
    auto options = std::make_shared<detail::ClusterOptions>(ClusterWatcher::options_for({server.host()}));
    options->connection.limits.max_streams = 16;
    options->query_timeout = 500ms;
    Owner owner;
    std::shared_ptr<detail::ControlLine> line;
    std::vector<Error> told;
    const auto ask = [&] {
        line->ask(Statement{"SELECT"}, 0, [&](const Error& error, std::vector<Rows>) { told.push_back(error); });
    };
    std::shared_ptr<detail::Connector> connector;
    const auto point = options->contact_points.front();
    const auto endpoint = detail::Resolution::literal(point).value();
    watcher.in_turn([&] {
        connector = detail::Connector::start(watcher.loop(), endpoint, point, options->connection,
                                             [&](Result<std::shared_ptr<detail::Connection>> opened) {
                                                 line =
                                                     detail::ControlLine::over(watcher.loop(), options, *opened,
                                                                               {endpoint, point, server.host()}, owner);
                                                 for (int n = 0; n != 40; ++n)
                                                     ask();
                                             });
    });
    REQUIRE(watcher.await([&] { return told.size() == 40; }));
    CHECK(server.count(Opcode::query) == 16);
    for (const auto& error : told)
        CHECK(error.code() == errc::request_timeout);
    CHECK(told.front().message().find("too many questions") != std::string::npos);
    CHECK(told.back().message().find("within 500 ms") != std::string::npos);
    watcher.in_turn([&] { line->close({errc::closed, "enough"}); });
}
