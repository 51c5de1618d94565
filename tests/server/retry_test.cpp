#include "cluster_session.hpp"

#include <asio/executor_work_guard.hpp>
#include <asio/io_context.hpp>
#include <doctest/doctest.h>

// What a user's retry policy decides is done.

using namespace coodie;
using protocol::Opcode;

namespace {

/// Decides as it is told, and remembers what it was asked.
class ToldPolicy final : public RetryPolicy
{
public:
    explicit ToldPolicy(RetryDecision decision, unsigned times = 1) : decision_{decision}, times_{times} {}
    RetryDecision decide(const FailedAttempt& attempt) const override
    {
        last_consistency = attempt.consistency;
        last_sent = attempt.sent;
        last_idempotent = attempt.idempotent;
        return attempt.retries < times_ ? decision_ : RetryDecision{};
    }
    mutable std::atomic<Consistency> last_consistency{};
    mutable std::atomic<bool> last_sent{false}, last_idempotent{false};

private:
    RetryDecision decision_;
    unsigned times_;
};

struct Retried
{
    ScriptedServer server;
    std::shared_ptr<ToldPolicy> policy;
    Session session;

    Retried(std::vector<ScriptedServer::Rule> rules, RetryDecision decision, unsigned times = 1)
        : server{std::move(rules)}, policy{std::make_shared<ToldPolicy>(decision, times)}
    {
        auto options = options_for(server);
        options.retry_policy = policy;
        session = Session::connect(options);
    }
};

}

TEST_CASE("a failure that the policy ignores is an empty result")
{
    Retried setup{{{Opcode::query, "", {error_reply(0x1100, "write timeout", WriteTimeoutFields{})}}},
                  {.step = RetryStep::ignore}};
    CHECK(setup.session.execute("INSERT").empty());
    CHECK(setup.server.count(Opcode::query) == 1);
}

TEST_CASE("a retry on the same node goes there again, with the consistency and after the delay of the decision")
{
    constexpr std::chrono::milliseconds delay{80};
    Retried setup{{{Opcode::query, "", {error_reply(0x1000, "unavailable", UnavailableFields{})}, 2}},
                  {.step = RetryStep::same_node, .consistency = Consistency::one, .delay = delay},
                  2};
    Statement statement{"SELECT"};
    statement.options().consistency = Consistency::all;
    const auto begin = std::chrono::steady_clock::now();
    setup.session.execute(statement);
    CHECK(std::chrono::steady_clock::now() - begin >= 2 * delay);
    CHECK(setup.server.count(Opcode::query) == 3);
    CHECK(setup.policy->last_consistency == Consistency::one);
    CHECK(setup.policy->last_sent);
}

TEST_CASE("sc-27 a request that times out between two attempts has the first in its history")
{
    Retried setup{{{Opcode::query, "", {error_reply(0x1001, "overloaded")}}},
                  {.step = RetryStep::same_node, .delay = std::chrono::hours{1}}};
    Statement statement{"SELECT"};
    statement.options().timeout = std::chrono::milliseconds{50};
    const auto error = error_of([&] { setup.session.execute(statement); });
    CHECK(error.code() == errc::request_timeout);
    REQUIRE(error.attempts().size() == 1);
    CHECK(error.attempts()[0].code == errc::server_overloaded);
    CHECK(error.attempts()[0].host == setup.server.host());
}

TEST_CASE("closing ends a request that waits for its next attempt")
{
    Retried setup{{{Opcode::query, "", {error_reply(0x1001, "overloaded")}}},
                  {.step = RetryStep::same_node, .delay = std::chrono::hours{1}}};
    std::atomic<int> closed{0};
    setup.session.async_execute("SELECT",
                                [&](std::exception_ptr error, Rows) { closed += told(error) == errc::closed; });
    CHECK(becomes_true([&] { return setup.policy->last_sent.load(); }));
    setup.session.close();
    CHECK(closed == 1);
}

TEST_CASE("what a retry policy throws leaves run(), and the error stands")
{
    struct Throwing final : RetryPolicy
    {
        RetryDecision decide(const FailedAttempt&) const override { throw std::out_of_range{"mine"}; }
    };
    const ScriptedServer server{{{Opcode::query, "bad", {error_reply(0x1001, "overloaded")}}}};
    asio::io_context context;
    auto options = options_for(server);
    options.loops = {loop_of(context)};
    options.retry_policy = std::make_shared<Throwing>();
    auto session = Session::connect(options);
    errc code{};
    session.async_execute("bad", [&](std::exception_ptr error, Rows) {
        code = told(error);
        session.async_close([](std::exception_ptr) {});
    });
    CHECK_THROWS_AS(context.run(), std::out_of_range);
    context.run();
    CHECK(code == errc::server_overloaded);
}
