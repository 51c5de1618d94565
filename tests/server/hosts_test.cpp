#include "cluster_session.hpp"

#include <algorithm>
#include <asio/use_future.hpp>
#include <doctest/doctest.h>
#include <map>

// Several hosts: which gets a request, and what happens when one cannot take it.

using namespace coodie;
using protocol::Opcode;

namespace {

using Clock = std::chrono::steady_clock;

SessionOptions options_for(std::initializer_list<const ScriptedServer*> servers)
{
    SessionOptions options{.hosts = {}, .metadata = false};
    for (const auto* server : servers)
        options.hosts.push_back(server->host());
    return options;
}

std::string closed_port()
{
    const ScriptedServer gone;
    return gone.host();
}

/// Until this session has asked each of them.
void await_hosts(Session& session, std::initializer_list<const ScriptedServer*> servers)
{
    const auto times_asked = [](const ScriptedServer* server) { return server->count(Opcode::query, "first words"); };
    std::map<const ScriptedServer*, int> before;
    for (const auto* server : servers)
        before[server] = times_asked(server);
    const auto is_asked = [&](const ScriptedServer* server) { return times_asked(server) != before[server]; };
    REQUIRE(becomes_true([&] {
        session.execute("first words");
        return std::ranges::all_of(servers, is_asked);
    }));
}

}

TEST_CASE("sc-09 cpp-57 one good contact point among dead and silent ones is enough, at once")
{
    const ScriptedServer silent{{{Opcode::options, "", {silence()}}}};
    const ScriptedServer good;
    auto options = options_for({&silent, &good});
    options.hosts.insert(options.hosts.begin(), closed_port());
    options.connect_timeout = std::chrono::seconds{10};
    const auto begin = Clock::now();
    auto session = Session::connect(options);
    CHECK(Clock::now() - begin < std::chrono::seconds{5});
    session.execute("SELECT");
    CHECK(good.count(Opcode::query) == 1);
}

TEST_CASE("sc-08 when no contact point can be used, the error has each of them with its reason")
{
    const ScriptedServer silent{{{Opcode::options, "", {silence()}}}};
    const ScriptedServer curt{{{Opcode::options, "", {hang_up()}}}};
    auto options = options_for({&silent, &curt, &curt});
    options.connect_timeout = std::chrono::milliseconds{200};
    options.hosts.push_back(closed_port());
    const auto error = error_of([&] { Session::connect(options); });
    REQUIRE(error.code() == errc::no_host_available);
    REQUIRE(error.attempts().size() == 3);
    for (const auto& host : options.hosts)
        CHECK(error.message().find(host) != std::string::npos);
}

TEST_CASE("sc-14 cpp-54 a request whose connection is lost goes to the next host only if that does no harm")
{
    const std::vector<ScriptedServer::Rule> rules{{Opcode::query, "deadly", {hang_up()}}};
    const ScriptedServer one{rules}, two{{}};
    for (const bool is_idempotent : {true, false}) {
        CAPTURE(is_idempotent);
        int lost = 0;
        for (int n = 0; n < 2; ++n) {
            auto session = Session::connect(options_for({&one, &two}));
            await_hosts(session, {&one, &two});
            for (int m = 0; m < 2; ++m) {
                auto statement = idempotent("deadly");
                statement.options().idempotent = is_idempotent;
                const auto error = error_of([&] { session.execute(statement); });
                lost += bool{error};
                if (error) {
                    CHECK(error.code() == errc::connection_lost);
                    REQUIRE(error.attempts().size() == 1);
                    CHECK(error.attempts()[0].host == one.host());
                }
            }
        }
        CHECK((lost == 0) == is_idempotent);
        CHECK(one.count(Opcode::query, "deadly") > 0);
    }
}

TEST_CASE("cpp-22 when the streams of one host run out the next one is used")
{
    const std::vector<ScriptedServer::Rule> rules{{Opcode::query, "slow", {hold(void_reply())}}};
    ScriptedServer one{rules}, two{rules};
    auto options = options_for({&one, &two});
    options.max_in_flight = 2;
    auto session = Session::connect(options);
    await_hosts(session, {&one, &two});
    std::vector<std::future<Rows>> futures;
    for (int n = 0; n < 5; ++n)
        futures.push_back(session.async_execute("slow", asio::use_future));
    one.await(Opcode::query, 2, "slow");
    two.await(Opcode::query, 2, "slow");
    one.release();
    two.release();
    for (auto& future : futures)
        CHECK_NOTHROW(future.get());
}

TEST_CASE("sc-43 cpp-68 a server's error is tried elsewhere as the policy says")
{
    struct Example
    {
        const char* name;
        std::int32_t code;
        bool idempotent;
        bool goes_on;
    };
    const Example examples[]{
        {"bootstrapping", 0x1002, false, true},         {"overloaded", 0x1001, false, false},
        {"overloaded, idempotent", 0x1001, true, true}, {"server error, idempotent", 0x0000, true, true},
        {"syntax error", 0x2000, true, false},          {"unauthorized", 0x2100, true, false},
    };
    for (const auto& example : examples) {
        CAPTURE(example.name);
        const std::vector<ScriptedServer::Rule> rules{{Opcode::query, "bad", {error_reply(example.code, "no")}}};
        const ScriptedServer one{rules}, two{rules};
        auto session = Session::connect(options_for({&one, &two}));
        await_hosts(session, {&one, &two});
        Statement statement{"bad"};
        statement.options().idempotent = example.idempotent;
        const auto error = error_of([&] { session.execute(statement); });
        const auto asked = one.count(Opcode::query, "bad") + two.count(Opcode::query, "bad");
        CHECK(asked == (example.goes_on ? 2 : 1));
        CHECK(error.attempts().size() == static_cast<std::size_t>(asked));
        CHECK((error.code() == errc::no_host_available) == example.goes_on);
    }
}

TEST_CASE("an idempotent request that its only host drops is sent again once, when the host is back")
{
    const ScriptedServer once{{{Opcode::query, "deadly", {hang_up()}, 1}}};
    auto session = Session::connect(options_for(once));
    session.execute(idempotent("deadly"));
    CHECK(once.count(Opcode::query, "deadly") == 2);
    const ScriptedServer always{{{Opcode::query, "deadly", {hang_up()}}}};
    session = Session::connect(options_for(always));
    const auto error = error_of([&] { session.execute(idempotent("deadly")); });
    CHECK(error.code() == errc::no_host_available);
    CHECK(error.attempts().size() == 2);
    CHECK(always.count(Opcode::query, "deadly") == 2);
}

TEST_CASE("sc-21 a worn connection goes only when its successor is there")
{
    ScriptedServer server{{{Opcode::query, "slow", {silence()}}}};
    auto options = options_for(server);
    options.max_orphans = 2;
    auto session = Session::connect(options);
    server.add({Opcode::options, "", {hold(reply(protocol::Supported{{{"CQL_VERSION", {"3.4.5"}}}}))}, 1});
    Statement slow{"slow"};
    slow.options().timeout = std::chrono::milliseconds{30};
    for (int n = 0; n < 3; ++n)
        CHECK(code_of([&] { session.execute(slow); }) == errc::request_timeout);
    server.await(Opcode::options, 2);
    session.execute("quick");
    CHECK(server.connections() == 2);
    server.release();
    server.await(Opcode::startup, 2);
    for (int n = 0; n < 20; ++n)
        CHECK_NOTHROW(session.execute("quick"));
    CHECK(server.connections() == 2);
}

TEST_CASE("sc-06 a server that ends every connection as soon as it is open is not stormed")
{
    ScriptedServer server;
    auto options = options_for(server);
    options.reconnection_policy = std::make_shared<ConstantReconnection>(std::chrono::milliseconds{100});
    auto session = Session::connect(options);
    server.add({Opcode::startup, "", {reply(protocol::Ready{}), hang_up()}});
    const auto begin = Clock::now();
    server.hang_up_all();
    CHECK(becomes_true([&] { return server.connections() >= 8; })); // the second at once
    CHECK(Clock::now() - begin >= std::chrono::milliseconds{550});
}

TEST_CASE("sc-31 cpp-45 a host that does not know a statement is told once, however many ask at once")
{
    UnpreparedFields fields;
    for (const auto c : std::string_view{"id"})
        fields.id.push_back(static_cast<std::byte>(c));
    const auto unprepared = error_reply(0x2500, "Prepared query not found", fields);
    const auto known = prepared_reply("id", one_int);
    const ScriptedServer one{{{Opcode::prepare, "", {known}}}};
    const std::vector<ScriptedServer::Rule> forgetful{{Opcode::prepare, "", {hold(known)}},
                                                      {Opcode::execute, "", {unprepared}, 10}};
    ScriptedServer two{forgetful};
    auto options = options_for(one);
    auto session = Session::connect(options);
    const auto statement = session.prepare("INSERT");
    auto other = Session::connect(options_for(two));
    std::vector<std::future<Rows>> futures;
    for (int n = 0; n < 10; ++n)
        futures.push_back(other.async_execute(statement.bind(n), asio::use_future));
    two.await(Opcode::execute, 10);
    two.release();
    for (auto& future : futures)
        CHECK_NOTHROW(future.get());
    CHECK(two.count(Opcode::prepare) == 1);
    CHECK(two.count(Opcode::execute) == 20);
}
