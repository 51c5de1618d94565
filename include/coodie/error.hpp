#pragma once

#include <coodie/export.hpp>
#include <coodie/server_error.hpp>
#include <exception>
#include <memory>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

namespace coodie {

/// What went wrong. Values from `server_error` on are the server's own codes (CQL v4 section 9) plus 0x10000.
enum class errc : int
{
    configuration = 1, ///< an option that cannot be right, or no driver registered
    invalid_query,     ///< refused before it was sent
    bad_value,         ///< a value that does not fit its column's type, or the other way round
    document_not_found,
    multiple_documents_found,
    migration,
    no_host_available, ///< every host tried failed; attempts say how
    request_timeout,   ///< no answer in time; the server may still have done the work
    connection_lost,
    overloaded, ///< the client's own limit
    authentication,
    tls,
    protocol, ///< bytes that are no CQL v4
    cancelled,
    closed,            ///< the session was closed
    would_deadlock,    ///< a blocking call inside a handler
    trace_unavailable, ///< the servers have not written all of it yet, or none

    server_error = 0x10000,
    protocol_error = 0x1000A, ///< the server says that we broke the protocol
    bad_credentials = 0x10100,
    unavailable = 0x11000,
    server_overloaded = 0x11001,
    is_bootstrapping = 0x11002,
    truncate_error = 0x11003,
    write_timeout = 0x11100,
    read_timeout = 0x11200,
    read_failure = 0x11300,
    function_failure = 0x11400,
    write_failure = 0x11500,
    cdc_write_failure = 0x11600,
    cas_write_unknown = 0x11700,
    syntax_error = 0x12000,
    unauthorized = 0x12100,
    invalid_request = 0x12200,
    config_error = 0x12300,
    already_exists = 0x12400,
    unprepared = 0x12500,
    rate_limit = 0x1FFFF, ///< Scylla's, whatever code was agreed
};

COODIE_API const std::error_category& coodie_category() noexcept;
inline std::error_code make_error_code(errc code) noexcept
{
    return {static_cast<int>(code), coodie_category()};
}

/// One try of a request that failed: which host, and why.
struct Attempt
{
    std::string host; ///< "127.0.0.1:9042"
    errc code{};
    std::string message;
};

/// An error as a value. Empty (`!error`) means none: the size of a pointer, free to pass when nothing went wrong.
/// The sentence says what, to what, and what next; it never holds a bound value or a secret.
class COODIE_API [[nodiscard]] Error
{
public:
    Error() noexcept = default;
    Error(errc code, std::string message);
    Error(errc code, std::string message, ServerFields fields);

    explicit operator bool() const noexcept { return state_ != nullptr; }
    errc code() const noexcept; ///< only when there is one
    const std::string& message() const noexcept;
    const ServerFields& fields() const noexcept;
    const std::vector<Attempt>& attempts() const noexcept;
    Error with_attempts(std::vector<Attempt> attempts) const;

    /// The server did not apply it and will not: sending it again cannot apply it twice.
    bool safe_to_retry() const noexcept;
    /// Nothing after this can be trusted on the same connection.
    bool breaks_connection() const noexcept;

    /// As an exception of the class that belongs to the code; null when there is no error.
    std::exception_ptr as_exception() const;
    [[noreturn]] void raise() const;

private:
    struct State;
    std::shared_ptr<const State> state_;
};

/// What public calls throw. Its classes by code: see exceptions.hpp.
class COODIE_API CoodieError : public std::system_error
{
public:
    explicit CoodieError(Error error);
    ~CoodieError() override;
    const Error& error() const noexcept { return error_; }
    const char* what() const noexcept override;

private:
    Error error_;
};

}

template <> struct std::is_error_code_enum<coodie::errc> : std::true_type
{
};
