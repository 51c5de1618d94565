#pragma once

#include <coodie/error.hpp>

namespace coodie {

// One class per kind of error; each answers for the codes that its comment names.

#define COODIE_EXCEPTION(Name)                                                                                         \
    class COODIE_API Name : public CoodieError                                                                         \
    {                                                                                                                  \
    public:                                                                                                            \
        using CoodieError::CoodieError;                                                                                \
        ~Name() override;                                                                                              \
    }

COODIE_EXCEPTION(ConfigurationError);
COODIE_EXCEPTION(InvalidQueryError); ///< invalid_query, bad_value, would_deadlock
COODIE_EXCEPTION(DocumentNotFound);
COODIE_EXCEPTION(MultipleDocumentsFound);
COODIE_EXCEPTION(MigrationError);
COODIE_EXCEPTION(NoHostAvailable);
COODIE_EXCEPTION(RequestTimeout);
COODIE_EXCEPTION(ConnectionLost); ///< connection_lost, closed
COODIE_EXCEPTION(Cancelled);
COODIE_EXCEPTION(Overloaded);          ///< this client's limit
COODIE_EXCEPTION(AuthenticationError); ///< authentication, bad_credentials
COODIE_EXCEPTION(TlsError);
COODIE_EXCEPTION(TraceUnavailable);
COODIE_EXCEPTION(ProtocolError); ///< protocol, protocol_error
COODIE_EXCEPTION(ServerError);   ///< server_error and codes nobody knows
COODIE_EXCEPTION(ServerOverloaded);
COODIE_EXCEPTION(Bootstrapping);
COODIE_EXCEPTION(Truncate);
COODIE_EXCEPTION(SyntaxError);
COODIE_EXCEPTION(Unauthorized);
COODIE_EXCEPTION(InvalidRequest); ///< invalid_request, unprepared
COODIE_EXCEPTION(ConfigError);

#undef COODIE_EXCEPTION

/// The server's errors that have fields (CQL v4 section 9).
template <class Fields> class COODIE_API FieldsError : public CoodieError
{
public:
    using CoodieError::CoodieError;
    /// Zeros where the server sent none, or cut them short.
    const Fields& fields() const noexcept
    {
        static const Fields absent{};
        const auto* sent = std::get_if<Fields>(&error().fields());
        return sent ? *sent : absent;
    }
};

class COODIE_API Unavailable : public FieldsError<UnavailableFields>
{
public:
    using FieldsError::FieldsError;
    ~Unavailable() override;
};
class COODIE_API ReadTimeout : public FieldsError<ReadTimeoutFields>
{
public:
    using FieldsError::FieldsError;
    ~ReadTimeout() override;
};
class COODIE_API WriteTimeout : public FieldsError<WriteTimeoutFields>
{
public:
    using FieldsError::FieldsError;
    ~WriteTimeout() override;
};
class COODIE_API ReadFailure : public FieldsError<ReadFailureFields>
{
public:
    using FieldsError::FieldsError;
    ~ReadFailure() override;
};
class COODIE_API WriteFailure : public FieldsError<WriteFailureFields>
{
public:
    using FieldsError::FieldsError;
    ~WriteFailure() override;
};
class COODIE_API FunctionFailure : public FieldsError<FunctionFailureFields>
{
public:
    using FieldsError::FieldsError;
    ~FunctionFailure() override;
};
class COODIE_API AlreadyExists : public FieldsError<AlreadyExistsFields>
{
public:
    using FieldsError::FieldsError;
    ~AlreadyExists() override;
};
class COODIE_API CasWriteUnknown : public FieldsError<CasWriteUnknownFields>
{
public:
    using FieldsError::FieldsError;
    ~CasWriteUnknown() override;
};
class COODIE_API RateLimit : public FieldsError<RateLimitFields>
{
public:
    using FieldsError::FieldsError;
    ~RateLimit() override;
};

}
