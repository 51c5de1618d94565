#include <coodie/retry_policy.hpp>
#include <doctest/doctest.h>
#include <span>

using namespace coodie;

namespace {

constexpr auto quorum = Consistency::quorum;

Error unavailable(std::int32_t alive, Consistency consistency = quorum)
{
    return {errc::unavailable, "", UnavailableFields{consistency, 4, alive}};
}

Error read_timeout(std::int32_t received, std::int32_t block_for, bool data_present, Consistency consistency = quorum)
{
    return {errc::read_timeout, "", ReadTimeoutFields{consistency, received, block_for, data_present}};
}

Error write_timeout(std::int32_t received, const char* write_type, Consistency consistency = quorum)
{
    return {errc::write_timeout, "", WriteTimeoutFields{consistency, received, 4, write_type}};
}

Error plain(errc code)
{
    return {code, ""};
}

constexpr RetryDecision rethrow{};
constexpr RetryDecision ignore{.step = RetryStep::ignore};
constexpr RetryDecision same{.step = RetryStep::same_node};
constexpr RetryDecision next{.step = RetryStep::next_node};

RetryDecision with(Consistency consistency)
{
    return {.step = RetryStep::same_node, .consistency = consistency};
}

/// What a policy answers to the first failure of a statement that is not idempotent, of one that is, and to that
/// one's second failure.
struct Example
{
    std::string name;
    Error error;
    RetryDecision otherwise;
    RetryDecision idempotent;
    RetryDecision again;
};

void check(const RetryPolicy& policy, std::span<const Example> examples)
{
    for (const auto& example : examples) {
        CAPTURE(example.name);
        const auto decide = [&](bool idempotent, unsigned retries) {
            return policy.decide(
                {.error = example.error, .consistency = quorum, .idempotent = idempotent, .retries = retries});
        };
        CHECK(decide(false, 0) == example.otherwise);
        CHECK(decide(true, 0) == example.idempotent);
        CHECK(decide(true, 1) == example.again);
    }
}

}

TEST_CASE("cpp-68, sc-43: the default policy tries again where that can help and cannot do harm")
{
    const Example examples[] = {
        {"unavailable", unavailable(1), next, next, rethrow},
        {"only the data is missing", read_timeout(2, 2, false), same, same, rethrow},
        {"more answers than needed, no data", read_timeout(3, 2, false), same, same, rethrow},
        {"the data is there", read_timeout(2, 2, true), rethrow, rethrow, rethrow},
        {"too few answers", read_timeout(1, 2, false), rethrow, rethrow, rethrow},
        {"batch log", write_timeout(0, "BATCH_LOG"), rethrow, same, rethrow},
        {"simple write", write_timeout(0, "SIMPLE"), rethrow, rethrow, rethrow},
        {"batch", write_timeout(1, "BATCH"), rethrow, rethrow, rethrow},
        {"unlogged batch", write_timeout(1, "UNLOGGED_BATCH"), rethrow, rethrow, rethrow},
        {"counter", write_timeout(1, "COUNTER"), rethrow, rethrow, rethrow},
        {"cas", write_timeout(1, "CAS"), rethrow, rethrow, rethrow},
        {"a write type nobody knows", write_timeout(1, "NEW"), rethrow, rethrow, rethrow},
        {"connection lost", plain(errc::connection_lost), rethrow, next, next},
        {"TLS broken", plain(errc::tls), rethrow, next, next},
        {"overloaded", plain(errc::server_overloaded), rethrow, next, next},
        {"server error", plain(errc::server_error), rethrow, next, next},
        {"truncate error", plain(errc::truncate_error), rethrow, next, next},
        {"bootstrapping", plain(errc::is_bootstrapping), next, next, next},
        {"fields cut short", plain(errc::unavailable), rethrow, rethrow, rethrow},
    };
    check(DefaultRetryPolicy{}, examples);
}

TEST_CASE("cpp-68, sc-43, sc-48: no policy tries again what every node would answer alike or whose outcome is open")
{
    for (const auto code :
         {errc::read_failure,      errc::write_failure,  errc::rate_limit,        errc::cas_write_unknown,
          errc::cdc_write_failure, errc::syntax_error,   errc::invalid_request,   errc::unauthorized,
          errc::config_error,      errc::already_exists, errc::function_failure,  errc::protocol_error,
          errc::protocol,          errc::unprepared,     errc::bad_credentials,   errc::request_timeout,
          errc::cancelled,         errc::closed,         errc::no_host_available, static_cast<errc>(0x19999)})
    {
        CAPTURE(static_cast<int>(code));
        const Example example[] = {{"", plain(code), rethrow, rethrow, rethrow}};
        check(DefaultRetryPolicy{}, example);
        check(DowngradingRetryPolicy{}, example);
    }
}

TEST_CASE("what was never sent goes to the next node")
{
    const auto error = plain(errc::connection_lost);
    for (const auto consistency : {quorum, Consistency::serial}) {
        const FailedAttempt attempt{.error = error, .consistency = consistency, .sent = false, .retries = 5};
        CHECK(DefaultRetryPolicy{}.decide(attempt) == next);
        CHECK(DowngradingRetryPolicy{}.decide(attempt) == next);
    }
}

TEST_CASE("the default policy leaves serial statements alone")
{
    for (const auto consistency : {Consistency::serial, Consistency::local_serial})
        for (const auto& error : {unavailable(1, consistency), read_timeout(2, 2, false, consistency),
                                  plain(errc::connection_lost), plain(errc::server_error)})
        {
            CAPTURE(error.message());
            CHECK(DefaultRetryPolicy{}.decide({.error = error, .consistency = consistency, .idempotent = true}) ==
                  rethrow);
        }
}

TEST_CASE("a transaction that may have been agreed on is sent again only when that does no harm")
{
    struct Transaction
    {
        const char* name;
        Consistency failed;
        bool idempotent;
        bool again;
    };
    const Transaction examples[] = {
        {"too few to promise", Consistency::serial, false, true},
        {"too few of the datacenter to promise", Consistency::local_serial, false, true},
        {"too few to commit", quorum, false, false},
        {"too few to commit, idempotent", quorum, true, true},
    };
    for (const auto& example : examples) {
        CAPTURE(example.name);
        const auto error = unavailable(2, example.failed);
        const FailedAttempt attempt{
            .error = error, .consistency = quorum, .idempotent = example.idempotent, .is_lwt = true};
        CHECK((DefaultRetryPolicy{}.decide(attempt) == next) == example.again);
        CHECK((DowngradingRetryPolicy{}.decide(attempt) != rethrow) == example.again);
    }
}

TEST_CASE("the downgrading policy asks for what the replicas can give")
{
    const auto each = Consistency::each_quorum;
    const Example examples[] = {
        {"4 alive", unavailable(4), with(Consistency::three), with(Consistency::three), rethrow},
        {"3 alive", unavailable(3), with(Consistency::three), with(Consistency::three), rethrow},
        {"2 alive", unavailable(2), with(Consistency::two), with(Consistency::two), rethrow},
        {"1 alive", unavailable(1), with(Consistency::one), with(Consistency::one), rethrow},
        {"none alive", unavailable(0), rethrow, rethrow, rethrow},
        {"fewer than none", unavailable(-1), rethrow, rethrow, rethrow},
        {"none alive here", unavailable(0, each), with(Consistency::one), with(Consistency::one), rethrow},
        {"serial", unavailable(1, Consistency::serial), next, next, rethrow},
        {"some answers", read_timeout(3, 4, true), with(Consistency::three), with(Consistency::three), rethrow},
        {"no answers", read_timeout(0, 2, true), rethrow, rethrow, rethrow},
        {"no answers here", read_timeout(0, 2, true, each), with(Consistency::one), with(Consistency::one), rethrow},
        {"only the data is missing", read_timeout(2, 2, false), same, same, rethrow},
        {"the data is there", read_timeout(2, 2, true), rethrow, rethrow, rethrow},
        {"serial read", read_timeout(1, 2, false, Consistency::local_serial), rethrow, rethrow, rethrow},
        {"one replica wrote", write_timeout(1, "SIMPLE"), rethrow, ignore, rethrow},
        {"no replica wrote", write_timeout(0, "SIMPLE"), rethrow, rethrow, rethrow},
        {"one replica has the batch", write_timeout(1, "BATCH"), rethrow, ignore, rethrow},
        {"unlogged batch", write_timeout(1, "UNLOGGED_BATCH"), rethrow, with(Consistency::one), rethrow},
        {"batch log", write_timeout(0, "BATCH_LOG"), rethrow, same, rethrow},
        {"counter", write_timeout(1, "COUNTER"), rethrow, rethrow, rethrow},
        {"cas", write_timeout(1, "CAS"), rethrow, rethrow, rethrow},
        {"serial write", write_timeout(1, "SIMPLE", Consistency::serial), rethrow, rethrow, rethrow},
        {"connection lost", plain(errc::connection_lost), rethrow, next, next},
        {"bootstrapping", plain(errc::is_bootstrapping), next, next, next},
    };
    check(DowngradingRetryPolicy{}, examples);
}

TEST_CASE("the fallthrough policy never tries again")
{
    const Example examples[] = {
        {"unavailable", unavailable(1), rethrow, rethrow, rethrow},
        {"bootstrapping", plain(errc::is_bootstrapping), rethrow, rethrow, rethrow},
        {"connection lost", plain(errc::connection_lost), rethrow, rethrow, rethrow},
    };
    check(FallthroughRetryPolicy{}, examples);
}
