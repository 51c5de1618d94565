#include <lib/policies/first_answer.hpp>

namespace coodie::policies {

bool may_be_answered_elsewhere(errc code) noexcept
{
    switch (code) {
    // This host, or its way to the replicas.
    case errc::no_host_available:
    case errc::request_timeout:
    case errc::connection_lost:
    case errc::overloaded:
    case errc::tls:
    case errc::protocol:
    case errc::server_error:
    case errc::protocol_error:
    case errc::unavailable:
    case errc::server_overloaded:
    case errc::is_bootstrapping:
    case errc::truncate_error:
    case errc::write_timeout:
    case errc::read_timeout:
    case errc::read_failure:
    case errc::write_failure:
    case errc::cdc_write_failure:
    case errc::cas_write_unknown:
    case errc::rate_limit: return true;
    // The request itself.
    case errc::configuration:
    case errc::invalid_query:
    case errc::bad_value:
    case errc::document_not_found:
    case errc::multiple_documents_found:
    case errc::migration:
    case errc::authentication:
    case errc::bad_credentials:
    case errc::function_failure:
    case errc::syntax_error:
    case errc::unauthorized:
    case errc::invalid_request:
    case errc::config_error:
    case errc::already_exists:
    case errc::unprepared:
    // It is over.
    case errc::cancelled:
    case errc::closed:
    case errc::would_deadlock:
    case errc::trace_unavailable: return false;
    }
    return false;
}

}
