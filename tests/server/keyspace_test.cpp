#include "session.hpp"

#include <asio/use_future.hpp>
#include <coodie/async.hpp>
#include <doctest/doctest.h>

using namespace coodie;
using protocol::Opcode;

namespace {

ScriptedServer::Reply switched_to(std::string_view keyspace)
{
    return reply(protocol::ResultResponse{protocol::SetKeyspaceResult{std::string{keyspace}}});
}

}

TEST_CASE("a statement whose PREPARE was under way when the keyspace changed is prepared in the new one")
{
    ScriptedServer server{{{Opcode::query, "USE", {switched_to("ks")}},
                           {Opcode::prepare, "", {hold(prepared_reply("old", one_int))}, 1},
                           {Opcode::prepare, "", {prepared_reply("new", one_int)}}}};
    auto session = Session::connect(options_for(server));
    auto inserted = session.async_execute({"INSERT", 1}, asio::use_future);
    server.await(Opcode::prepare, 1);
    session.set_keyspace("ks");
    server.release();
    inserted.get();
    CHECK(server.count(Opcode::execute, "old") == 0);
    CHECK(server.count(Opcode::execute, "new") == 1);
}

TEST_CASE("a switch of the keyspace that is not answered ends in time, and nothing follows it on its connection")
{
    const ScriptedServer server{{{Opcode::query, "USE", {silence()}}}};
    auto options = options_for(server);
    options.request_timeout = std::chrono::milliseconds{50};
    auto session = Session::connect(options);
    CHECK(code_of([&] { session.set_keyspace("ks"); }) == errc::request_timeout);
    CHECK(session.keyspace().empty());
    Statement patient{"good"};
    patient.options().timeout = std::chrono::seconds{10};
    session.execute(patient);
    CHECK(server.connections() == 2);
}

TEST_CASE("without a connection a switch of the keyspace waits for one, and is checked by the server")
{
    const auto supported = reply(protocol::Supported{{{"CQL_VERSION", {"3.4.5"}}}});
    ScriptedServer server{{{Opcode::query, "USE", {error_reply(0x2200, "Keyspace 'nowhere' does not exist")}}}};
    auto session = Session::connect(options_for(server));
    server.add({Opcode::options, "", {hold(supported)}, 1});
    server.hang_up_all();
    server.await(Opcode::options, 2);
    auto switched = session.async_set_keyspace("nowhere", asio::use_future);
    server.release();
    CHECK_THROWS_AS(switched.get(), InvalidRequest);
    CHECK(session.keyspace().empty());
    session.execute("good");
    CHECK(server.connections() == 2);
}

TEST_CASE("a session of several loops refuses a USE that would switch one of them")
{
    const ScriptedServer server;
    auto options = options_for(server);
    options.threads = 2;
    auto session = Session::connect(options);
    for (const char* text : {"USE ks", "use \"Ks\"", " -- why\n/* */ Use\tks", "USE/**/ks"}) {
        CAPTURE(text);
        CHECK(code_of([&] { session.execute(text); }) == errc::invalid_query);
    }
    CHECK(server.count(Opcode::query) == 0);
    for (const char* text : {"USER", "", "us", "/* USE */"})
        CHECK_NOTHROW(session.execute(text));
}

TEST_CASE("a session of several loops refuses to prepare a USE, however it is asked")
{
    const ScriptedServer server;
    auto options = options_for(server);
    options.threads = 2;
    auto session = Session::connect(options);
    Statement prepared{"USE ks"};
    prepared.kind(StatementKind::prepared);
    Batch batch;
    batch.statements.push_back(prepared);
    CHECK(code_of([&] { session.prepare("/* */ USE ks"); }) == errc::invalid_query);
    CHECK(code_of([&] { session.execute(prepared); }) == errc::invalid_query);
    CHECK(code_of([&] { session.execute(batch); }) == errc::invalid_query);
    CHECK(server.count(Opcode::prepare) == 0);
    CHECK_NOTHROW(session.prepare("USER"));
}

TEST_CASE("a session whose loops cannot all switch to a keyspace stays in its former one")
{
    ScriptedServer server{{{Opcode::query, "USE", {switched_to("ks")}, 1},
                           {Opcode::query, "USE", {error_reply(0x2200, "Keyspace 'ks' does not exist")}}}};
    auto options = options_for(server);
    options.threads = 2;
    auto session = Session::connect(options);
    CHECK(code_of([&] { session.set_keyspace("ks"); }) == errc::invalid_request);
    CHECK(session.keyspace().empty());
    server.await(Opcode::startup, 3);
    session.execute("good");
    CHECK(server.count(Opcode::query, "USE") == 2);
}
