#include <lib/policies/retry_rules.hpp>

namespace coodie::policies {

RetryDecision decide_by_error(const FailedAttempt& attempt)
{
    if (!attempt.sent)
        return next_node;
    switch (attempt.error.code()) {
    case errc::is_bootstrapping: return next_node;
    case errc::connection_lost:
    case errc::tls:
    case errc::server_error:
    case errc::server_overloaded:
    case errc::truncate_error: return next_node_if(attempt.idempotent);
    // Replicas were asked and could not or would not: the policies look at these themselves.
    case errc::unavailable:
    case errc::read_timeout:
    case errc::write_timeout:
    case errc::read_failure:
    case errc::write_failure:
    case errc::cdc_write_failure:
    case errc::cas_write_unknown:
    case errc::rate_limit:
    // Every node would say the same.
    case errc::configuration:
    case errc::invalid_query:
    case errc::bad_value:
    case errc::document_not_found:
    case errc::multiple_documents_found:
    case errc::migration:
    case errc::authentication:
    case errc::bad_credentials:
    case errc::protocol:
    case errc::protocol_error:
    case errc::function_failure:
    case errc::syntax_error:
    case errc::unauthorized:
    case errc::invalid_request:
    case errc::config_error:
    case errc::already_exists:
    case errc::unprepared:
    // The request is over.
    case errc::no_host_available:
    case errc::request_timeout:
    case errc::overloaded:
    case errc::cancelled:
    case errc::closed:
    case errc::would_deadlock:
    case errc::trace_unavailable: return rethrow;
    }
    return rethrow;
}

}
