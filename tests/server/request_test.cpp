#include "session.hpp"

#include <coodie/async.hpp>
#include <doctest/doctest.h>

using namespace coodie;
using protocol::Opcode;
using namespace std::string_literals;

namespace {

Statement impatient(std::string cql)
{
    Statement statement{std::move(cql)};
    statement.options().timeout = std::chrono::milliseconds{50};
    return statement;
}

/// Both at once, so that the second comes while nothing is asked on the stream.
ScriptedServer::Reply twice(ScriptedServer::Reply reply)
{
    const auto once = reply.bytes;
    reply.bytes.insert(reply.bytes.end(), once.begin(), once.end());
    return reply;
}

}

TEST_CASE(
    "sc-12, sc-13: an answer that is none ends the connection with its reason, and the next request gets a new one")
{
    struct Example
    {
        const char* name;
        std::vector<ScriptedServer::Reply> replies;
        errc code;
    };
    const Example examples[]{
        {"a length that lies", {raw("\x84\x00\x00\x00\x08\x7f\xff\xff\xff"s)}, errc::protocol},
        {"a negative length", {raw("\x84\x00\x00\x00\x08\x80\x00\x00\x00"s)}, errc::protocol},
        {"a body cut off by the end",
         {raw("\x84\x00\x00\x00\x08\x00\x00\x01\x00\x00\x00"s), hang_up()},
         errc::connection_lost},
        {"a body that ends too early", {body(Opcode::result, "\0\0"s)}, errc::protocol},
        {"rows beyond the body", {body(Opcode::result, "\0\0\0\2\0\0\0\4\0\0\0\1\x7f\xff\xff\xff"s)}, errc::protocol},
        {"columns beyond the body", {body(Opcode::result, "\0\0\0\2\0\0\0\0\x7f\xff\xff\xff"s)}, errc::protocol},
        {"a kind nobody knows", {body(Opcode::result, "\0\0\0\x63"s)}, errc::protocol},
        {"READY to a query", {reply(protocol::Ready{})}, errc::protocol},
        {"an opcode of requests", {body(Opcode::query, "\0\0\0\1"s)}, errc::protocol},
        {"compressed without agreement", {body(Opcode::result, "\0\0\0\1x"s, 1)}, errc::protocol},
        {"a stream nobody asked on", {raw("\x84\x00\x00\x77\x08\x00\x00\x00\x04\x00\x00\x00\x01"s)}, errc::protocol},
        {"two answers", {twice(void_reply())}, errc{}},
        {"the end", {hang_up()}, errc::connection_lost},
    };
    for (const auto& example : examples) {
        CAPTURE(example.name);
        const ScriptedServer server{{{Opcode::query, "bad", example.replies, 1}}};
        auto session = Session::connect(options_for(server));
        const auto error = error_of([&] { session.execute("bad"); });
        CHECK((error ? error.code() : errc{}) == example.code);
        if (error)
            CHECK(error.message().find(error.code() == errc::protocol ? "" : server.host()) != std::string::npos);
        session.execute("good");
        CHECK(server.connections() == 2);
    }
}

TEST_CASE("sc-23: a compressed body that claims more than it may is refused before memory is taken")
{
    const auto bomb = body(Opcode::result, "\x7f\xff\xff\xff\x10"s, 1);
    const ScriptedServer server{{{Opcode::query, "bomb", {bomb}, 1}}};
    auto options = options_for(server);
    options.compression = Compression::lz4;
    auto session = Session::connect(options);
    CHECK(code_of([&] { session.execute("bomb"); }) == errc::protocol);
    session.execute("good");
}

TEST_CASE("cpp-32: a request that times out leaves its stream to the late answer")
{
    ScriptedServer server{{{Opcode::query, "slow", {hold(row_reply("late"))}}}};
    auto session = Session::connect(options_for(server));
    const auto error = error_of([&] { session.execute(impatient("slow")); });
    CHECK(error.code() == errc::request_timeout);
    CHECK(error.message().find(server.host()) != std::string::npos);
    CHECK(error.message().find("50 ms") != std::string::npos);
    server.add({Opcode::query, "quick", {row_reply("quick")}});
    CHECK(session.execute("quick").front()[0].as<std::string>() == "quick");
    server.release();
    for (int n = 0; n < 20; ++n)
        CHECK(session.execute("quick").front()[0].as<std::string>() == "quick");
    CHECK(server.connections() == 1);
}

TEST_CASE("sc-21: too many answers that never came cost the connection, not the session")
{
    ScriptedServer server{{{Opcode::query, "slow", {silence()}}}};
    auto options = options_for(server);
    options.max_orphans = 2;
    auto session = Session::connect(options);
    for (int n = 0; n < 3; ++n)
        CHECK(code_of([&] { session.execute(impatient("slow")); }) == errc::request_timeout);
    session.execute("quick"); // on the old connection, until the new one stands
    server.await(Opcode::startup, 2);
    CHECK(server.connections() == 2);
}

TEST_CASE("a server that falls silent is found out by a heartbeat")
{
    ScriptedServer server{{{Opcode::query, "slow", {silence()}}}};
    auto options = options_for(server);
    options.heartbeat_interval = std::chrono::milliseconds{30};
    options.heartbeat_timeout = std::chrono::milliseconds{30};
    auto session = Session::connect(options);
    server.await(Opcode::options, 3);
    CHECK(server.connections() == 1);
    server.add({Opcode::options, "", {silence()}, 1});
    CHECK(code_of([&] { session.execute("slow"); }) == errc::connection_lost);
    session.execute("quick");
    CHECK(server.connections() == 2);
}

TEST_CASE("a keyspace is chosen again on a new connection")
{
    ScriptedServer server{
        {{Opcode::query, "USE \"ks\"", {reply(protocol::ResultResponse{protocol::SetKeyspaceResult{"ks"}})}},
         {Opcode::query, "die", {hang_up()}, 1}}};
    auto session = Session::connect(options_for(server));
    session.set_keyspace("ks");
    CHECK(session.keyspace() == "ks");
    CHECK(code_of([&] { session.execute("die"); }) == errc::connection_lost);
    session.execute("good");
    CHECK(server.count(Opcode::query, "USE") == 2);
}

TEST_CASE("a forgotten statement is prepared again once and executed again")
{
    ScriptedServer server{
        {{Opcode::prepare, "", {prepared_reply("id", one_int)}}, {Opcode::execute, "id", {unprepared("id")}, 1}}};
    auto session = Session::connect(options_for(server));
    session.execute({"INSERT", 1});
    CHECK(server.count(Opcode::prepare) == 2);
    CHECK(server.count(Opcode::execute) == 2);
    Batch batch;
    batch.statements.emplace_back("INSERT", 1);
    batch.statements.emplace_back("INSERT", 2);
    server.add({Opcode::batch, "", {unprepared("id")}, 1});
    session.execute(batch);
    CHECK(server.count(Opcode::prepare) == 3);
    CHECK(server.count(Opcode::batch) == 2);
}

TEST_CASE("sc-32: a server that forgets for ever is not asked for ever")
{
    ScriptedServer server{
        {{Opcode::prepare, "", {prepared_reply("id", one_int)}}, {Opcode::execute, "id", {unprepared("id")}}}};
    auto session = Session::connect(options_for(server));
    CHECK(code_of([&] { session.execute({"INSERT", 1}); }) == errc::unprepared);
    CHECK(server.count(Opcode::execute) == 2);
}

TEST_CASE("cpp-46, sc-33: a statement that comes back as another one is not executed")
{
    ScriptedServer server{{{Opcode::prepare, "", {prepared_reply("first", one_int)}, 1},
                           {Opcode::prepare, "", {prepared_reply("other", one_int)}},
                           {Opcode::execute, "first", {unprepared("first")}}}};
    auto session = Session::connect(options_for(server));
    CHECK(code_of([&] { session.execute({"INSERT", 1}); }) == errc::invalid_query);
    CHECK(server.count(Opcode::execute) == 1);
}

TEST_CASE("sc-29: what cannot be sent is refused before a byte is queued")
{
    ScriptedServer server{{{Opcode::prepare, "", {prepared_reply("id", one_int)}}}};
    auto options = options_for(server);
    options.max_frame = 64 * 1024;
    auto session = Session::connect(options);
    CHECK(code_of([&] { session.execute({"INSERT", std::int64_t{1}}); }) == errc::bad_value);
    CHECK(code_of([&] { session.execute({"INSERT", 1, 2}); }) == errc::invalid_query);
    CHECK(code_of([&] { session.execute(std::string(100'000, 'x')); }) == errc::invalid_query);
    Batch batch;
    batch.statements.resize(65'536, Statement{"INSERT"});
    CHECK(code_of([&] { session.execute(batch); }) == errc::invalid_query);
    Statement negative{"INSERT"};
    negative.options().timestamp = -1;
    CHECK(code_of([&] { session.execute(negative); }) == errc::invalid_query);
    CHECK(server.count(Opcode::execute) == 0);
    CHECK(server.count(Opcode::query) == 0);
    CHECK(server.count(Opcode::batch) == 0);
    session.execute("good");
    CHECK(server.connections() == 1);
}
