// What retry policies decide.
#include "kinds.hpp"

#include <coodie/retry_policy.hpp>

namespace vectors {

namespace {

using namespace coodie;

struct NamedError
{
    std::string_view name;
    errc code;
};

constexpr NamedError errors[] = {
    {"unavailable", errc::unavailable},
    {"read_timeout", errc::read_timeout},
    {"write_timeout", errc::write_timeout},
    {"read_failure", errc::read_failure},
    {"write_failure", errc::write_failure},
    {"overloaded", errc::server_overloaded},
    {"server_error", errc::server_error},
    {"truncate_error", errc::truncate_error},
    {"is_bootstrapping", errc::is_bootstrapping},
    {"connection_broken", errc::connection_lost},
    {"broken_connection", errc::connection_lost},
    {"connection_closed", errc::connection_lost},
    {"closed_connection", errc::connection_lost},
    {"connection_lost", errc::connection_lost},
    {"heartbeat", errc::connection_lost},
    {"heartbeat_failed", errc::connection_lost},
    {"syntax_error", errc::syntax_error},
    {"invalid", errc::invalid_request},
    {"invalid_request", errc::invalid_request},
    {"cdc_write_failure", errc::cdc_write_failure},
    {"cas_write_unknown", errc::cas_write_unknown},
    {"already_exists", errc::already_exists},
    {"function_failure", errc::function_failure},
    {"unauthorized", errc::unauthorized},
    {"authentication_error", errc::bad_credentials},
    {"bad_credentials", errc::bad_credentials},
    {"config_error", errc::config_error},
    {"protocol_error", errc::protocol_error},
    {"unprepared", errc::unprepared},
    {"rate_limit", errc::rate_limit},
    {"rate_limit_reached", errc::rate_limit},
    {"client_timeout", errc::request_timeout},
    {"request_timeout", errc::request_timeout},
};

/// Failures before a byte was sent.
constexpr std::string_view unsent[] = {"unable_to_alloc_stream_id", "no_stream_id", "no_connection", "not_sent",
                                       "write_not_started"};

bool was_sent(std::string_view name)
{
    return std::ranges::find(unsent, name) == std::end(unsent);
}

errc code_of(std::string_view name)
{
    if (!was_sent(name))
        return errc::connection_lost;
    for (const auto& error : errors)
        if (error.name == name)
            return error.code;
    throw Mismatch{"an unknown error: " + std::string{name}};
}

Consistency consistency_of(const Json& input)
{
    const auto consistency = consistency_named(input.value("cl", "LOCAL_ONE"));
    expect(consistency.has_value(), "an unknown consistency");
    return *consistency;
}

ServerFields fields_of(const Json& input, errc code)
{
    const auto consistency = consistency_of(input);
    const auto number = [&](const char* field) { return input.value(field, std::int32_t{0}); };
    if (code == errc::unavailable)
        return UnavailableFields{consistency, number("required"), number("alive")};
    if (code == errc::read_timeout)
        return ReadTimeoutFields{consistency, number("received"), number("blockfor"),
                                 input.value("data_present", false)};
    if (code == errc::write_timeout)
        return WriteTimeoutFields{consistency, number("received"), number("blockfor"), input.value("write_type", "")};
    return {};
}

const RetryPolicy& policy_named(const std::string& name)
{
    static const DefaultRetryPolicy usual;
    static const FallthroughRetryPolicy fallthrough;
    static const DowngradingRetryPolicy downgrading;
    if (name == "default")
        return usual;
    if (name == "fallthrough")
        return fallthrough;
    expect(name == "downgrading", "an unknown policy: " + name);
    return downgrading;
}

std::string_view name_of(RetryStep step)
{
    switch (step) {
    case RetryStep::rethrow: return "rethrow";
    case RetryStep::ignore: return "ignore";
    case RetryStep::same_node: return "same";
    case RetryStep::next_node: return "next";
    }
    return "?";
}

void retry_decision(const Json& input, const Json& expected)
{
    const auto& name = input.at("error").get_ref<const std::string&>();
    const auto code = code_of(name);
    const Error error{code, name, fields_of(input, code)};
    const auto decision = policy_named(input.at("policy"))
                              .decide({.error = error,
                                       .consistency = consistency_of(input),
                                       .idempotent = input.value("idempotent", false),
                                       .sent = was_sent(name),
                                       .retries = input.value("retry", 0U)});
    const auto lower = decision.consistency ? Json(coodie::name_of(*decision.consistency)) : Json();
    expect_fields({{"decision", name_of(decision.step)}, {"cl", lower}}, expected);
}

constexpr Kind kinds[] = {
    {"retry_decision", retry_decision},
};

}

std::span<const Kind> retry_kinds()
{
    return kinds;
}

}
