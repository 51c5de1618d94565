#include "session.hpp"

#include <algorithm>
#include <asio/bind_cancellation_slot.hpp>
#include <asio/cancellation_signal.hpp>
#include <asio/io_context.hpp>
#include <asio/post.hpp>
#include <coodie/async.hpp>
#include <doctest/doctest.h>

// What requests hear, and may do, while their connection is lost.

using namespace coodie;
using protocol::Opcode;

namespace {

/// A session whose turns are all run by the test.
struct Client
{
    asio::io_context context;
    Session session;

    explicit Client(SessionOptions options)
    {
        options.loops = {loop_of(context)};
        session = Session::connect(options);
    }
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;
    /// A session that is dropped ends in a turn of its own, which somebody has to run.
    ~Client()
    {
        session = {};
        context.run_for(std::chrono::seconds{5});
    }
    template <class Done> void run_until(Done&& done)
    {
        const auto patience = std::chrono::steady_clock::now() + std::chrono::seconds{20};
        while (!done() && std::chrono::steady_clock::now() < patience)
            context.run_one_for(std::chrono::milliseconds{100});
    }
};

}

TEST_CASE("a request that is cancelled while another hears of their lost connection ends once")
{
    enum class End : std::uint8_t
    {
        by_server,
        by_session,
    };
    for (const auto end : {End::by_server, End::by_session}) {
        CAPTURE(static_cast<int>(end));
        ScriptedServer server{{{Opcode::query, "slow", {silence()}}}};
        Client client{options_for(server)};
        asio::cancellation_signal cancel;
        std::vector<errc> first, second, third;
        client.session.async_execute("slow", [&](std::exception_ptr error, Rows) {
            first.push_back(told(error));
            cancel.emit(asio::cancellation_type::terminal);
            client.session.async_execute("good", [&](std::exception_ptr e, Rows) { third.push_back(told(e)); });
        });
        client.session.async_execute("slow",
                                     asio::bind_cancellation_slot(cancel.slot(), [&](std::exception_ptr error, Rows) {
                                         second.push_back(told(error));
                                     }));
        client.run_until([&] { return server.count(Opcode::query, "slow") == 2; });
        if (end == End::by_server)
            server.hang_up_all();
        else
            client.session.async_close([](std::exception_ptr) {});
        client.run_until([&] { return !third.empty(); });
        const bool closed = end == End::by_session;
        CHECK(first == std::vector{closed ? errc::closed : errc::connection_lost});
        CHECK(second == std::vector{errc::cancelled});
        CHECK(third == std::vector{closed ? errc::closed : errc{}});
    }
}

TEST_CASE(
    "a connection that turns out broken while much is submitted is lost after it was submitted, and only what was "
    "sent is lost")
{
    ScriptedServer server{{{Opcode::prepare, "", {prepared_reply("id", {{"ks", "t", "n", DataType{TypeId::int_}}})}}}};
    Client client{options_for(server)};
    std::vector<errc> heard;
    bool submitting = false, heard_meanwhile = false;
    const auto hear = [&](std::exception_ptr error, Rows) {
        heard_meanwhile = heard_meanwhile || submitting;
        heard.push_back(told(error));
    };
    const std::string much(40'000, ' ');
    asio::post(client.context, [&] {
        submitting = true;
        server.hang_up_all();
        client.session.async_execute(much, hear); // is answered by a reset
        client.session.async_execute({much, 1}, hear);
        client.session.async_execute(much, hear);
        submitting = false;
    });
    client.run_until([&] { return heard.size() == 3; });
    CHECK_FALSE(heard_meanwhile);
    CHECK(std::ranges::count(heard, errc::connection_lost) == 1);
    CHECK(std::ranges::count(heard, errc{}) == 2);
    CHECK(server.connections() == 2);
}
