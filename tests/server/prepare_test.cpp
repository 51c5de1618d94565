#include "session.hpp"

#include <asio/use_future.hpp>
#include <coodie/async.hpp>
#include <coodie/value.hpp>
#include <doctest/doctest.h>

using namespace coodie;
using protocol::Opcode;

namespace {

}

TEST_CASE("a text too long for a frame is not sent to be prepared")
{
    const ScriptedServer server;
    auto options = options_for(server);
    options.max_frame = 64 * 1024;
    auto session = Session::connect(options);
    const std::string text(100'000, 'x');
    CHECK(code_of([&] { session.prepare(text); }) == errc::invalid_query);
    CHECK(code_of([&] { session.execute({text, 1}); }) == errc::invalid_query);
    Batch batch;
    batch.statements.emplace_back(text, 1);
    CHECK(code_of([&] { session.execute(batch); }) == errc::invalid_query);
    CHECK(server.count(Opcode::prepare) == 0);
    session.prepare("good");
    CHECK(server.connections() == 1);
}

TEST_CASE("sc-34: each forgotten statement of a batch is prepared again, once")
{
    ScriptedServer server{{{Opcode::prepare, "ONE", {prepared_reply("id-1", one_int)}},
                           {Opcode::prepare, "TWO", {prepared_reply("id-2", one_int)}},
                           {Opcode::batch, "", {unprepared("id-1")}, 1},
                           {Opcode::batch, "", {unprepared("id-2")}, 1}}};
    auto session = Session::connect(options_for(server));
    Batch batch;
    batch.statements.emplace_back("ONE", 1);
    batch.statements.emplace_back("TWO", 2);
    session.execute(batch);
    CHECK(server.count(Opcode::batch) == 3);
    CHECK(server.count(Opcode::prepare, "ONE") == 2);
    CHECK(server.count(Opcode::prepare, "TWO") == 2);
    server.add({Opcode::batch, "", {unprepared("id-1")}});
    CHECK(code_of([&] { session.execute(batch); }) == errc::unprepared);
    CHECK(server.count(Opcode::batch) == 5);
}

TEST_CASE("requests that wait for a PREPARE count among those that wait")
{
    ScriptedServer server{{{Opcode::prepare, "", {hold(prepared_reply("id"))}}}};
    auto options = options_for(server);
    options.max_queued = 3;
    auto session = Session::connect(options);
    std::vector<std::future<PreparedStatement>> futures;
    for (int n = 0; n < 5; ++n)
        futures.push_back(session.async_prepare("SELECT", asio::use_future));
    CHECK_THROWS_AS(futures[4].get(), Overloaded);
    CHECK_THROWS_AS(futures[3].get(), Overloaded);
    server.release();
    for (std::size_t n = 0; n < 3; ++n)
        CHECK_NOTHROW(futures[n].get());
    CHECK_NOTHROW(session.prepare("SELECT"));
}

TEST_CASE("a statement of a batch that is sent as text cannot have values that only the server can encode")
{
    const ScriptedServer server;
    auto session = Session::connect(options_for(server));
    Batch batch;
    batch.statements.emplace_back("INSERT").bind_values({Value{1}}).kind(StatementKind::simple);
    const auto error = error_of([&] { session.execute(batch); });
    REQUIRE(error);
    CHECK(error.code() == errc::invalid_query);
    CHECK(error.message().find("statement 1 of the batch") != std::string::npos);
    CHECK(server.count(Opcode::batch) == 0);
}
