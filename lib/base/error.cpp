#include <coodie/exceptions.hpp>

namespace coodie {

struct Error::State
{
    errc code;
    std::string message;
    ServerFields fields;
    std::vector<Attempt> attempts;
};

namespace {

const char* name_of(errc code) noexcept
{
    switch (code) {
    case errc::configuration: return "configuration error";
    case errc::invalid_query: return "invalid query";
    case errc::bad_value: return "bad value";
    case errc::document_not_found: return "document not found";
    case errc::multiple_documents_found: return "multiple documents found";
    case errc::migration: return "migration error";
    case errc::no_host_available: return "no host available";
    case errc::request_timeout: return "request timeout";
    case errc::connection_lost: return "connection lost";
    case errc::overloaded: return "client overloaded";
    case errc::authentication: return "authentication failed";
    case errc::tls: return "TLS error";
    case errc::protocol: return "protocol violated by the server";
    case errc::cancelled: return "cancelled";
    case errc::closed: return "session closed";
    case errc::would_deadlock: return "blocking call inside a handler";
    case errc::trace_unavailable: return "trace unavailable";
    case errc::server_error: return "server error";
    case errc::protocol_error: return "protocol error reported by the server";
    case errc::bad_credentials: return "bad credentials";
    case errc::unavailable: return "not enough replicas alive";
    case errc::server_overloaded: return "server overloaded";
    case errc::is_bootstrapping: return "server is bootstrapping";
    case errc::truncate_error: return "truncate failed";
    case errc::write_timeout: return "write timeout";
    case errc::read_timeout: return "read timeout";
    case errc::read_failure: return "read failure";
    case errc::function_failure: return "function failure";
    case errc::write_failure: return "write failure";
    case errc::cdc_write_failure: return "CDC write failure";
    case errc::cas_write_unknown: return "outcome of the conditional write unknown";
    case errc::syntax_error: return "syntax error";
    case errc::unauthorized: return "unauthorized";
    case errc::invalid_request: return "invalid request";
    case errc::config_error: return "configuration error on the server";
    case errc::already_exists: return "already exists";
    case errc::unprepared: return "statement unknown to the server";
    case errc::rate_limit: return "rate limit reached";
    }
    return "unknown server error";
}

class Category final : public std::error_category
{
public:
    const char* name() const noexcept override { return "coodie"; }
    std::string message(int code) const override { return name_of(static_cast<errc>(code)); }
};

}

const std::error_category& coodie_category() noexcept
{
    static const Category category;
    return category;
}

Error::Error(errc code, std::string message) : Error{code, std::move(message), ServerFields{}} {}

Error::Error(errc code, std::string message, ServerFields fields)
    : state_{std::make_shared<const State>(State{code, std::move(message), std::move(fields), {}})}
{
}

errc Error::code() const noexcept
{
    return state_->code;
}

const std::string& Error::message() const noexcept
{
    static const std::string none;
    return state_ ? state_->message : none;
}

const ServerFields& Error::fields() const noexcept
{
    static const ServerFields none;
    return state_ ? state_->fields : none;
}

const std::vector<Attempt>& Error::attempts() const noexcept
{
    static const std::vector<Attempt> none;
    return state_ ? state_->attempts : none;
}

Error Error::with_attempts(std::vector<Attempt> attempts) const
{
    if (!state_)
        return {};
    Error copy;
    copy.state_ =
        std::make_shared<const State>(State{state_->code, state_->message, state_->fields, std::move(attempts)});
    return copy;
}

bool Error::safe_to_retry() const noexcept
{
    if (!state_)
        return false;
    switch (state_->code) {
    case errc::configuration:
    case errc::invalid_query:
    case errc::bad_value:
    case errc::overloaded:
    case errc::authentication:
    case errc::would_deadlock:
    case errc::bad_credentials:
    case errc::unavailable:
    case errc::is_bootstrapping:
    case errc::syntax_error:
    case errc::unauthorized:
    case errc::invalid_request:
    case errc::config_error:
    case errc::already_exists:
    case errc::unprepared: return true;
    case errc::rate_limit: {
        const auto* limit = std::get_if<RateLimitFields>(&state_->fields);
        return limit && limit->rejected_by_coordinator; // a replica's refusal says nothing about the others
    }
    case errc::document_not_found:
    case errc::multiple_documents_found:
    case errc::trace_unavailable:
    case errc::migration:
    case errc::no_host_available:
    case errc::request_timeout:
    case errc::connection_lost:
    case errc::tls:
    case errc::protocol:
    case errc::cancelled:
    case errc::closed:
    case errc::server_error:
    case errc::protocol_error:
    case errc::server_overloaded:
    case errc::truncate_error:
    case errc::write_timeout:
    case errc::read_timeout:
    case errc::read_failure:
    case errc::function_failure:
    case errc::write_failure:
    case errc::cdc_write_failure:
    case errc::cas_write_unknown: return false;
    }
    return false;
}

bool Error::breaks_connection() const noexcept
{
    if (!state_)
        return false;
    const auto code = state_->code;
    return code == errc::connection_lost || code == errc::protocol || code == errc::protocol_error ||
           code == errc::tls || code == errc::authentication || code == errc::bad_credentials || code == errc::closed;
}

}
