#include <coodie/exceptions.hpp>

namespace coodie {

// Each destructor is its class's key function: the vtable and the type's identity live in this file, once.
CoodieError::~CoodieError() = default;
ConfigurationError::~ConfigurationError() = default;
InvalidQueryError::~InvalidQueryError() = default;
DocumentNotFound::~DocumentNotFound() = default;
MultipleDocumentsFound::~MultipleDocumentsFound() = default;
MigrationError::~MigrationError() = default;
NoHostAvailable::~NoHostAvailable() = default;
RequestTimeout::~RequestTimeout() = default;
ConnectionLost::~ConnectionLost() = default;
Cancelled::~Cancelled() = default;
Overloaded::~Overloaded() = default;
AuthenticationError::~AuthenticationError() = default;
TlsError::~TlsError() = default;
TraceUnavailable::~TraceUnavailable() = default;
ProtocolError::~ProtocolError() = default;
ServerError::~ServerError() = default;
ServerOverloaded::~ServerOverloaded() = default;
Bootstrapping::~Bootstrapping() = default;
Truncate::~Truncate() = default;
SyntaxError::~SyntaxError() = default;
Unauthorized::~Unauthorized() = default;
InvalidRequest::~InvalidRequest() = default;
ConfigError::~ConfigError() = default;
Unavailable::~Unavailable() = default;
ReadTimeout::~ReadTimeout() = default;
WriteTimeout::~WriteTimeout() = default;
ReadFailure::~ReadFailure() = default;
WriteFailure::~WriteFailure() = default;
FunctionFailure::~FunctionFailure() = default;
AlreadyExists::~AlreadyExists() = default;
CasWriteUnknown::~CasWriteUnknown() = default;
RateLimit::~RateLimit() = default;

CoodieError::CoodieError(Error error) : std::system_error{make_error_code(error.code())}, error_{std::move(error)} {}

const char* CoodieError::what() const noexcept
{
    return error_.message().c_str();
}

std::exception_ptr Error::as_exception() const
{
    if (!*this)
        return nullptr;
    const auto as = [this]<class Exception>(std::type_identity<Exception>) {
        return std::make_exception_ptr(Exception{*this});
    };
    switch (code()) {
    case errc::configuration: return as(std::type_identity<ConfigurationError>{});
    case errc::invalid_query:
    case errc::bad_value:
    case errc::would_deadlock: return as(std::type_identity<InvalidQueryError>{});
    case errc::document_not_found: return as(std::type_identity<DocumentNotFound>{});
    case errc::multiple_documents_found: return as(std::type_identity<MultipleDocumentsFound>{});
    case errc::migration: return as(std::type_identity<MigrationError>{});
    case errc::no_host_available: return as(std::type_identity<NoHostAvailable>{});
    case errc::request_timeout: return as(std::type_identity<RequestTimeout>{});
    case errc::connection_lost:
    case errc::closed: return as(std::type_identity<ConnectionLost>{});
    case errc::overloaded: return as(std::type_identity<Overloaded>{});
    case errc::authentication:
    case errc::bad_credentials: return as(std::type_identity<AuthenticationError>{});
    case errc::trace_unavailable: return as(std::type_identity<TraceUnavailable>{});
    case errc::tls: return as(std::type_identity<TlsError>{});
    case errc::protocol:
    case errc::protocol_error: return as(std::type_identity<ProtocolError>{});
    case errc::cancelled: return as(std::type_identity<Cancelled>{});
    case errc::server_error: return as(std::type_identity<ServerError>{});
    case errc::unavailable: return as(std::type_identity<Unavailable>{});
    case errc::server_overloaded: return as(std::type_identity<ServerOverloaded>{});
    case errc::is_bootstrapping: return as(std::type_identity<Bootstrapping>{});
    case errc::truncate_error: return as(std::type_identity<Truncate>{});
    case errc::write_timeout: return as(std::type_identity<WriteTimeout>{});
    case errc::read_timeout: return as(std::type_identity<ReadTimeout>{});
    case errc::read_failure: return as(std::type_identity<ReadFailure>{});
    case errc::function_failure: return as(std::type_identity<FunctionFailure>{});
    case errc::write_failure: return as(std::type_identity<WriteFailure>{});
    case errc::cdc_write_failure: return as(std::type_identity<ServerError>{});
    case errc::cas_write_unknown: return as(std::type_identity<CasWriteUnknown>{});
    case errc::syntax_error: return as(std::type_identity<SyntaxError>{});
    case errc::unauthorized: return as(std::type_identity<Unauthorized>{});
    case errc::invalid_request:
    case errc::unprepared: return as(std::type_identity<InvalidRequest>{});
    case errc::config_error: return as(std::type_identity<ConfigError>{});
    case errc::already_exists: return as(std::type_identity<AlreadyExists>{});
    case errc::rate_limit: return as(std::type_identity<RateLimit>{});
    }
    return as(std::type_identity<ServerError>{});
}

void Error::raise() const
{
    std::rethrow_exception(as_exception());
}

}
