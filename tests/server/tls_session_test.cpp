#include "tls_session.hpp"

#include <asio/bind_cancellation_slot.hpp>
#include <asio/cancellation_signal.hpp>
#include <asio/io_context.hpp>
#include <asio/use_future.hpp>
#include <coodie/async.hpp>
#include <doctest/doctest.h>

using namespace coodie;
using protocol::Opcode;

namespace {

std::string text_of(const Rows& rows)
{
    return rows.front()["name"].as<std::string>();
}

}

TEST_CASE("cpp-12: a session connects and asks over TLS 1.2 and 1.3")
{
    for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
        const ScriptedServer server{{{Opcode::query, "", {row_reply("over TLS")}}}};
        auto front_options = signed_by_us();
        front_options.server.minimum_version = front_options.server.maximum_version = version;
        const TlsFront front{server.host(), front_options};
        auto session = Session::connect(options_for(front));
        CHECK(text_of(session.execute("SELECT secret FROM t")) == "over TLS");
        CHECK(front.version() == (version == TLS1_2_VERSION ? "TLSv1.2" : "TLSv1.3"));
        CHECK(front.raw().find("secret") == std::string::npos);
    }
}

TEST_CASE("sc-11: answers that come byte by byte are put together")
{
    const std::string answer(5'000, 'x');
    const ScriptedServer server{{{Opcode::query, "", {row_reply(answer)}}}};
    for (const std::size_t piece : {1U, 3U, 17U, 1'000U}) {
        CAPTURE(piece);
        auto front_options = signed_by_us();
        front_options.piece = piece;
        const TlsFront front{server.host(), front_options};
        auto session = Session::connect(options_for(front));
        for (int n = 0; n < 3; ++n)
            CHECK(text_of(session.execute("SELECT 1")) == answer);
    }
}

TEST_CASE("an answer of ten mebibytes comes whole, and so does a statement of ten")
{
    std::string large(10U << 20U, '\0');
    for (std::size_t n = 0; n < large.size(); ++n)
        large[n] = static_cast<char>('a' + n % 26);
    const ScriptedServer server{
        {{Opcode::query, "small", {row_reply(large)}}, {Opcode::query, large, {row_reply("right")}}}};
    const TlsFront front{server.host(), signed_by_us()};
    auto session = Session::connect(options_for(front));
    CHECK(text_of(session.execute("small")) == large);
    CHECK(text_of(session.execute(large)) == "right");
}

TEST_CASE("a thousand requests at once are answered over TLS, on one thread or on four")
{
    const ScriptedServer server{{{Opcode::query, "", {row_reply(std::string(3'000, 'x'))}}}};
    const TlsFront front{server.host(), signed_by_us()};
    for (const std::size_t threads : {1U, 4U}) {
        auto options = options_for(front);
        options.threads = threads;
        auto session = Session::connect(options);
        std::vector<std::future<Rows>> futures;
        for (int n = 0; n < 1'000; ++n)
            futures.push_back(session.async_execute("SELECT 1", asio::use_future));
        for (auto& future : futures)
            CHECK(text_of(future.get()).size() == 3'000);
    }
    CHECK(front.secured() == 5);
}

TEST_CASE("cpp-34: threads that block share one session over TLS")
{
    const ScriptedServer server{{{Opcode::query, "", {row_reply("x")}}}};
    const TlsFront front{server.host(), signed_by_us()};
    auto session = Session::connect(options_for(front));
    std::atomic<int> right{0};
    std::vector<std::thread> threads;
    for (int n = 0; n < 8; ++n)
        threads.emplace_back([&] {
            for (int m = 0; m < 50; ++m)
                right += text_of(session.execute("SELECT 1")) == "x";
        });
    for (auto& thread : threads)
        thread.join();
    CHECK(right == 400);
}

TEST_CASE("cpp-20: a session connects again over TLS when the server was away")
{
    const ScriptedServer server{{{Opcode::query, "", {row_reply("x")}}}};
    TlsFront front{server.host(), signed_by_us()};
    auto session = Session::connect(options_for(front));
    for (int n = 0; n < 3; ++n) {
        session.execute("SELECT 1");
        front.end_all();
        // The end may be noticed before or after the next request.
        const auto code = code_of([&] { session.execute("SELECT 1"); });
        CHECK((code == errc{} || code == errc::connection_lost));
        CHECK(text_of(session.execute("SELECT 1")) == "x");
    }
    CHECK(front.secured() == 4);
}

TEST_CASE("sc-58: a connection that ends is lost, whether the server said so in TLS or was cut off")
{
    for (const bool says_goodbye : {true, false}) {
        CAPTURE(says_goodbye);
        const ScriptedServer server{{{Opcode::query, "slow", {silence()}}}};
        auto front_options = signed_by_us();
        front_options.says_goodbye = says_goodbye;
        TlsFront front{server.host(), front_options};
        auto session = Session::connect(options_for(front));
        auto future = session.async_execute("slow", asio::use_future);
        server.await(Opcode::query, 1, "slow");
        front.end_all();
        const auto error = error_of([&] { future.get(); });
        CHECK(error.code() == errc::connection_lost);
        CHECK(says(error, says_goodbye ? "the server closed the connection" : "close_notify"));
        session.execute("quick");
    }
}

TEST_CASE("a certificate that goes bad later costs new connections only, and is reported when it is met")
{
    const ScriptedServer server;
    TlsFront front{server.host(), signed_by_us()};
    auto session = Session::connect(options_for(front));
    front.change({.credential = authority().issue({.begins_in = -9, .ends_in = -1})});
    session.execute("SELECT 1");
    CHECK(says(error_of([&] { Session::connect(options_for(front)); }), "expired on"));
    front.end_all();
    auto request = Statement{"SELECT 2"};
    request.options().timeout = std::chrono::milliseconds{300};
    const auto code = code_of([&] { session.execute(request); });
    CHECK((code == errc::request_timeout || code == errc::connection_lost));
    front.change({.credential = authority().issue()});
    session.execute("SELECT 3");
}

TEST_CASE("sc-58: files that change are read again for new connections, and those that spoil change nothing")
{
    const ScriptedServer server;
    const tls::Folder folder;
    auto front_options = signed_by_us();
    front_options.server.client_authority = authority().pem();
    TlsFront front{server.host(), front_options};
    const auto write = [&](const std::string& name) {
        const auto own = authority().issue({.name = name});
        return folder.write("own.pem", own.certificate + own.key);
    };
    auto options = options_for(front);
    options.tls->certificate_file = write("the first");
    auto session = Session::connect(options);
    CHECK(front.client_name() == "the first");
    auto name_of_next = [&, known = front.secured()]() mutable {
        front.end_all();
        for (++known; front.secured() < known;)
            (void)code_of([&] { session.execute("SELECT 1"); });
        return front.client_name();
    };
    write("the other one");
    CHECK(name_of_next() == "the other one");
    folder.write("own.pem", "-----BEGIN CERTIFICATE-----\nhalf");
    CHECK(name_of_next() == "the other one");
    write("the third");
    CHECK(name_of_next() == "the third");
}

TEST_CASE("cpp-08: connecting can be cancelled during the TLS handshake")
{
    const ScriptedServer server;
    auto silent = signed_by_us();
    silent.is_silent = true;
    const TlsFront front{server.host(), silent};
    asio::cancellation_signal signal;
    asio::io_context context;
    auto options = options_for(front);
    options.loops = {loop_of(context)};
    options.connect_timeout = std::chrono::hours{1};
    errc code{};
    Session::async_connect(options, asio::bind_cancellation_slot(
                                        signal.slot(), [&](std::exception_ptr error, Session) { code = told(error); }));
    while (front.raw().empty())
        context.run_one_for(std::chrono::milliseconds{10});
    signal.emit(asio::cancellation_type::terminal);
    context.run_for(std::chrono::seconds{10});
    CHECK(code == errc::cancelled);
}

TEST_CASE("closing ends requests on their way over TLS, each once")
{
    ScriptedServer server{{{Opcode::query, "slow", {silence()}}}};
    const TlsFront front{server.host(), signed_by_us()};
    auto session = Session::connect(options_for(front));
    std::vector<std::future<Rows>> futures;
    for (int n = 0; n < 100; ++n)
        futures.push_back(session.async_execute("slow", asio::use_future));
    server.await(Opcode::query, 100, "slow");
    session.close();
    int closed = 0;
    for (auto& future : futures)
        closed += code_of([&] { future.get(); }) == errc::closed;
    CHECK(closed == 100);
}
