#include <coodie/exceptions.hpp>
#include <doctest/doctest.h>

using namespace coodie;

namespace {

template <class Exception> bool raises(errc code)
{
    try {
        Error{code, "sentence"}.raise();
    } catch (const Exception& error) {
        return error.code() == code && std::string{error.what()} == "sentence" && error.error().code() == code;
    } catch (...) {
        return false;
    }
}

constexpr errc all_codes[] = {
    errc::configuration,
    errc::invalid_query,
    errc::bad_value,
    errc::document_not_found,
    errc::migration,
    errc::no_host_available,
    errc::request_timeout,
    errc::multiple_documents_found,
    errc::connection_lost,
    errc::overloaded,
    errc::authentication,
    errc::tls,
    errc::protocol,
    errc::cancelled,
    errc::closed,
    errc::would_deadlock,
    errc::trace_unavailable,
    errc::server_error,
    errc::protocol_error,
    errc::bad_credentials,
    errc::unavailable,
    errc::is_bootstrapping,
    errc::truncate_error,
    errc::server_overloaded,
    errc::write_timeout,
    errc::read_timeout,
    errc::read_failure,
    errc::function_failure,
    errc::write_failure,
    errc::syntax_error,
    errc::cdc_write_failure,
    errc::cas_write_unknown,
    errc::unauthorized,
    errc::invalid_request,
    errc::config_error,
    errc::already_exists,
    errc::unprepared,
    errc::rate_limit,
};

}

TEST_CASE("every code raises the exception of its class")
{
    CHECK(raises<ConfigurationError>(errc::configuration));
    CHECK(raises<InvalidQueryError>(errc::invalid_query));
    CHECK(raises<InvalidQueryError>(errc::bad_value));
    CHECK(raises<InvalidQueryError>(errc::would_deadlock));
    CHECK(raises<TraceUnavailable>(errc::trace_unavailable));
    CHECK(raises<DocumentNotFound>(errc::document_not_found));
    CHECK(raises<MultipleDocumentsFound>(errc::multiple_documents_found));
    CHECK(raises<MigrationError>(errc::migration));
    CHECK(raises<NoHostAvailable>(errc::no_host_available));
    CHECK(raises<RequestTimeout>(errc::request_timeout));
    CHECK(raises<ConnectionLost>(errc::connection_lost));
    CHECK(raises<ConnectionLost>(errc::closed));
    CHECK(raises<Overloaded>(errc::overloaded));
    CHECK(raises<AuthenticationError>(errc::authentication));
    CHECK(raises<AuthenticationError>(errc::bad_credentials));
    CHECK(raises<TlsError>(errc::tls));
    CHECK(raises<ProtocolError>(errc::protocol));
    CHECK(raises<ProtocolError>(errc::protocol_error));
    CHECK(raises<Cancelled>(errc::cancelled));
    CHECK(raises<ServerError>(errc::server_error));
    CHECK(raises<ServerError>(errc::cdc_write_failure));
    CHECK(raises<ServerError>(static_cast<errc>(0x1ABCD)));
    CHECK(raises<Unavailable>(errc::unavailable));
    CHECK(raises<ServerOverloaded>(errc::server_overloaded));
    CHECK(raises<Bootstrapping>(errc::is_bootstrapping));
    CHECK(raises<Truncate>(errc::truncate_error));
    CHECK(raises<WriteTimeout>(errc::write_timeout));
    CHECK(raises<ReadTimeout>(errc::read_timeout));
    CHECK(raises<ReadFailure>(errc::read_failure));
    CHECK(raises<FunctionFailure>(errc::function_failure));
    CHECK(raises<WriteFailure>(errc::write_failure));
    CHECK(raises<CasWriteUnknown>(errc::cas_write_unknown));
    CHECK(raises<SyntaxError>(errc::syntax_error));
    CHECK(raises<Unauthorized>(errc::unauthorized));
    CHECK(raises<InvalidRequest>(errc::invalid_request));
    CHECK(raises<InvalidRequest>(errc::unprepared));
    CHECK(raises<ConfigError>(errc::config_error));
    CHECK(raises<AlreadyExists>(errc::already_exists));
    CHECK(raises<RateLimit>(errc::rate_limit));
}

TEST_CASE("every code has a sentence of its own in the category coodie")
{
    for (const auto code : all_codes) {
        const auto error = make_error_code(code);
        CHECK(std::string{error.category().name()} == "coodie");
        CHECK(error.message() != "unknown server error");
        CHECK(raises<CoodieError>(code));
    }
    CHECK(make_error_code(static_cast<errc>(0x1ABCD)).message() == "unknown server error");
    CHECK(std::error_code{errc::unavailable} == errc::unavailable);
}

TEST_CASE("an exception carries the server's fields")
{
    const Error error{errc::unavailable, "no", UnavailableFields{Consistency::quorum, 2, 1}};
    try {
        error.raise();
    } catch (const Unavailable& unavailable) {
        CHECK(unavailable.fields().required == 2);
        CHECK(unavailable.fields().consistency == Consistency::quorum);
    }
}

TEST_CASE("no error is false, and no exception")
{
    const Error none;
    CHECK_FALSE(none);
    CHECK(none.as_exception() == nullptr);
    CHECK(none.message().empty());
    CHECK(none.attempts().empty());
    CHECK_FALSE(none.safe_to_retry());
    CHECK_FALSE(none.breaks_connection());
    CHECK_FALSE(none.with_attempts({Attempt{}}));
}

TEST_CASE("attempts are added to a copy")
{
    const Error error{errc::no_host_available, "none"};
    const auto with = error.with_attempts({Attempt{"127.0.0.1:9042", errc::connection_lost, "refused"}});
    CHECK(error.attempts().empty());
    REQUIRE(with.attempts().size() == 1);
    CHECK(with.attempts()[0].host == "127.0.0.1:9042");
    CHECK(with.message() == "none");
}

TEST_CASE("only what cannot have been applied is safe to send again")
{
    const auto safe = [](errc code, ServerFields fields = {}) {
        return Error{code, "", std::move(fields)}.safe_to_retry();
    };
    for (const auto code :
         {errc::unavailable, errc::is_bootstrapping, errc::overloaded, errc::unprepared, errc::invalid_query})
        CHECK(safe(code));
    for (const auto code : {errc::write_timeout, errc::request_timeout, errc::connection_lost, errc::server_error,
                            errc::write_failure, errc::server_overloaded, errc::cas_write_unknown, errc::cancelled})
        CHECK_FALSE(safe(code));
    CHECK(safe(errc::rate_limit, RateLimitFields{1, true}));
    CHECK_FALSE(safe(errc::rate_limit, RateLimitFields{1, false}));
    CHECK_FALSE(safe(errc::rate_limit));
}

TEST_CASE("a connection is broken by what leaves its bytes in doubt")
{
    for (const auto code :
         {errc::connection_lost, errc::protocol, errc::protocol_error, errc::tls, errc::authentication})
        CHECK(Error{code, ""}.breaks_connection());
    for (const auto code :
         {errc::request_timeout, errc::unavailable, errc::syntax_error, errc::cancelled, errc::bad_value})
        CHECK_FALSE(Error{code, ""}.breaks_connection());
}

TEST_CASE("consistencies are named as CQL names them, and read in either case")
{
    CHECK(name_of(Consistency::local_quorum) == "LOCAL_QUORUM");
    CHECK(name_of(static_cast<Consistency>(11)) == "UNKNOWN");
    for (std::uint16_t code = 0; code <= 10; ++code)
        CHECK(consistency_named(name_of(static_cast<Consistency>(code))) == static_cast<Consistency>(code));
    CHECK(consistency_named("local_One") == Consistency::local_one);
    CHECK_FALSE(consistency_named("UNKNOWN"));
    CHECK_FALSE(consistency_named(""));
}
