#include "session.hpp"

#include <asio/bind_cancellation_slot.hpp>
#include <asio/cancellation_signal.hpp>
#include <asio/io_context.hpp>
#include <asio/post.hpp>
#include <coodie/async.hpp>
#include <doctest/doctest.h>

// Values that are sent from where the request has them.

using namespace coodie;
using protocol::Opcode;
using namespace std::string_literals;

namespace {

const std::string page_size_5000 = "\0\0\x13\x88"s;

/// A table of one text column, to a server that executes.
ScriptedServer::Rule one_column()
{
    return {Opcode::prepare, "", {prepared_reply("id", {{"ks", "t", "v", DataType{TypeId::text}}})}};
}

/// More than a socket takes at once.
std::string much()
{
    std::string text(24 << 20, '.');
    for (std::size_t at = 0; at < text.size(); at += 1000)
        text[at] = static_cast<char>('a' + at / 1000 % 26);
    return text;
}

/// A session whose turns are all run by the test.
struct LargeClient
{
    asio::io_context context;
    Session session;

    explicit LargeClient(SessionOptions options)
    {
        options.loops = {loop_of(context)};
        session = Session::connect(options);
        session.execute({"INSERT", "small"});
    }
    LargeClient(const LargeClient&) = delete;
    LargeClient& operator=(const LargeClient&) = delete;
    template <class Done> void run_until(Done&& done)
    {
        const auto patience = std::chrono::steady_clock::now() + std::chrono::seconds{20};
        while (!done() && std::chrono::steady_clock::now() < patience)
            context.run_one_for(std::chrono::milliseconds{100});
    }
};

}

TEST_CASE("a large value stands in its frame as a small one does")
{
    ScriptedServer server{{one_column()}};
    auto session = Session::connect(options_for(server));
    for (const auto size : {std::size_t{16'000}, std::size_t{17'000}, std::size_t{70'000}, std::size_t{3'000'000}}) {
        CAPTURE(size);
        const auto value = std::string(size, 'v') + std::to_string(size);
        Statement statement{"INSERT", value};
        statement.options().timestamp = 0x5566778899;
        session.execute(statement);
        CHECK(server.count(Opcode::execute, value + page_size_5000 + "\0\0\0\x55\x66\x77\x88\x99"s) == 1);
        session.execute(Statement{"INSERT", value}.kind(StatementKind::simple));
        CHECK(server.count(Opcode::query, value + page_size_5000) == 1);
    }
}

TEST_CASE("a request that is given up while its large value is being sent is sent to its end")
{
    ScriptedServer server{{one_column()}};
    LargeClient client{options_for(server)};
    const auto value = much();
    asio::cancellation_signal cancel;
    std::vector<errc> cancelled, timed_out, others;
    asio::post(client.context, [&] {
        client.session.async_execute({"INSERT", value},
                                     asio::bind_cancellation_slot(cancel.slot(), [&](std::exception_ptr error, Rows) {
                                         cancelled.push_back(told(error));
                                     }));
        Statement hasty{"INSERT", value};
        hasty.options().timeout = std::chrono::milliseconds{1};
        client.session.async_execute(std::move(hasty),
                                     [&](std::exception_ptr error, Rows) { timed_out.push_back(told(error)); });
        cancel.emit(asio::cancellation_type::terminal);
        client.session.async_execute({"INSERT", "after"},
                                     [&](std::exception_ptr error, Rows) { others.push_back(told(error)); });
    });
    client.run_until([&] { return !timed_out.empty() && !others.empty(); });
    CHECK(cancelled == std::vector{errc::cancelled});
    CHECK((timed_out == std::vector{errc::request_timeout} || timed_out == std::vector{errc{}}));
    CHECK(others == std::vector{errc{}});
    CHECK(server.count(Opcode::execute, value + page_size_5000) == 2);
    CHECK(server.count(Opcode::execute, "after") == 1);
    CHECK(server.connections() == 1);
}

TEST_CASE("a large value that was half sent when the connection broke is lost, and one behind it is sent again")
{
    ScriptedServer server{{one_column()}};
    LargeClient client{options_for(server)};
    std::vector<errc> heard;
    asio::post(client.context, [&] {
        for (int n = 0; n < 2; ++n)
            client.session.async_execute({"INSERT", much()},
                                         [&](std::exception_ptr error, Rows) { heard.push_back(told(error)); });
        server.hang_up_all();
    });
    client.run_until([&] { return heard.size() == 2; });
    CHECK(heard == std::vector{errc::connection_lost, errc{}});
    client.session.execute({"INSERT", "after"});
    CHECK(server.connections() == 2);
}
