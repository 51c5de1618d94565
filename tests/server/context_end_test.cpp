#include "session.hpp"

#include <asio/io_context.hpp>
#include <asio/post.hpp>
#include <coodie/async.hpp>
#include <doctest/doctest.h>
#include <optional>

// A user's context that is destroyed under its sessions.

using namespace coodie;
using protocol::Opcode;

namespace {

/// A handler that counts how often it is called, and of which every copy is counted.
struct Witness
{
    std::shared_ptr<int> calls = std::make_shared<int>(0);

    auto handler() const
    {
        return [held = calls](std::exception_ptr, auto&&...) { ++*held; };
    }
    bool is_gone_uncalled() const { return calls.use_count() == 1 && *calls == 0; }
};

/// A session on a context that ends before it.
struct EndingClient
{
    std::optional<asio::io_context> context{std::in_place};
    std::weak_ptr<detail::LoopState> loop;
    Session session;

    explicit EndingClient(SessionOptions options)
    {
        options.loops = {loop_of(*context)};
        loop = options.loops.front().state();
        session = Session::connect(std::move(options));
    }
    EndingClient(const EndingClient&) = delete;
    EndingClient& operator=(const EndingClient&) = delete;

    template <class Done> void run_until(Done&& done)
    {
        const auto patience = std::chrono::steady_clock::now() + std::chrono::seconds{20};
        while (!done() && std::chrono::steady_clock::now() < patience)
            context->run_one_for(std::chrono::milliseconds{100});
    }
};

}

TEST_CASE("a connected session that was dropped goes with its context, which nobody ran again")
{
    const ScriptedServer server;
    for (const bool was_run : {false, true}) {
        CAPTURE(was_run);
        EndingClient client{options_for(server)};
        asio::post(*client.context, [] {});
        if (was_run) {
            bool ran = false;
            client.session.async_execute("good", [&](std::exception_ptr, Rows) { ran = true; });
            client.run_until([&] { return ran; });
        }
        client.session = {};
        client.context.reset();
        CHECK(client.loop.expired());
    }
}

TEST_CASE("sc-59: a session whose context was destroyed frees the handlers of all that was under way, and calls none")
{
    ScriptedServer server{{{Opcode::query, "slow", {silence()}}, {Opcode::prepare, "slow", {silence()}}}};
    auto options = options_for(server);
    options.max_in_flight = 4;
    options.max_queued = 4;
    EndingClient client{options};
    Witness sent, prepares, waits_for_it, batch, waits, overloads, keyspace, elsewhere, refused;
    Session& session = client.session;
    session.async_execute("slow", sent.handler());
    session.async_prepare("slow ?", prepares.handler());
    session.async_execute({"slow ?", 1}, waits_for_it.handler());
    const Batch one{.statements = {Statement{"slow ??", 1}}};
    session.async_execute(one, batch.handler());
    session.async_set_keyspace("slow", keyspace.handler());
    session.async_execute("slow", waits.handler());
    client.run_until(
        [&] { return server.count(Opcode::query, "slow") == 2 && server.count(Opcode::prepare, "slow") == 2; });
    bool submitted = false;
    asio::post(*client.context, [&] {
        for (int n = 0; n < 4; ++n)
            session.async_execute("slow", overloads.handler());
        Statement many{"slow"};
        session.async_execute(many.bind_values({Value{1}}).kind(StatementKind::simple), refused.handler());
        submitted = true;
    });
    client.run_until([&] { return submitted; });
    session.async_execute("slow", elsewhere.handler());
    SUBCASE("and the session is dropped before")
    {
        client.session = {};
        client.context.reset();
    }
    SUBCASE("and the session is dropped after")
    {
        client.context.reset();
        CHECK_FALSE(client.loop.expired());
    }
    for (const auto* witness :
         {&sent, &prepares, &waits_for_it, &batch, &keyspace, &waits, &elsewhere, &overloads, &refused})
        CHECK(witness->is_gone_uncalled());
    client.session = {};
    CHECK(client.loop.expired());
}

TEST_CASE("a session that outlives its context is closed")
{
    const ScriptedServer server;
    EndingClient client{options_for(server)};
    client.context.reset();
    auto& session = client.session;
    CHECK(code_of([&] { session.execute("good"); }) == errc::closed);
    CHECK(code_of([&] { session.execute("good"); }) == errc::closed);
    CHECK(code_of([&] { session.prepare("good"); }) == errc::closed);
    CHECK(code_of([&] { session.set_keyspace("good"); }) == errc::closed);
    std::vector<errc> heard;
    session.async_execute("good", [&](std::exception_ptr first, Rows) {
        heard.push_back(told(first));
        session.async_execute("good", [&](std::exception_ptr second, Rows) { heard.push_back(told(second)); });
    });
    CHECK(heard == std::vector{errc::closed, errc::closed});
    CHECK_FALSE(session.loop().is_current());
    session.close();
    session = {};
    CHECK(client.loop.expired());
}

TEST_CASE("a loop that outlives its context connects nobody")
{
    const ScriptedServer server;
    std::optional<asio::io_context> context{std::in_place};
    auto options = options_for(server);
    options.loops = {loop_of(*context)};
    context.reset();
    CHECK(code_of([&] { Session::connect(options); }) == errc::closed);
    CHECK(server.connections() == 0);
}
