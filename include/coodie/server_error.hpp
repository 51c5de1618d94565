#pragma once

#include <coodie/consistency.hpp>
#include <cstddef>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace coodie {

// The fields of the server's ERROR messages (CQL v4 section 9), decoded from the frame as they stand.
// Counts are the peer's word: compare them, never size anything by them.

struct UnavailableFields
{
    Consistency consistency{};
    std::int32_t required = 0;
    std::int32_t alive = 0;
};

struct WriteTimeoutFields
{
    Consistency consistency{};
    std::int32_t received = 0;
    std::int32_t block_for = 0;
    std::string write_type; ///< "SIMPLE", "BATCH", "BATCH_LOG", ... as sent
};

struct ReadTimeoutFields
{
    Consistency consistency{};
    std::int32_t received = 0;
    std::int32_t block_for = 0;
    bool data_present = false;
};

struct ReadFailureFields
{
    Consistency consistency{};
    std::int32_t received = 0;
    std::int32_t block_for = 0;
    std::int32_t failures = 0;
    bool data_present = false;
};

struct WriteFailureFields
{
    Consistency consistency{};
    std::int32_t received = 0;
    std::int32_t block_for = 0;
    std::int32_t failures = 0;
    std::string write_type;
};

struct FunctionFailureFields
{
    std::string keyspace;
    std::string function;
    std::vector<std::string> argument_types;
};

struct AlreadyExistsFields
{
    std::string keyspace;
    std::string table; ///< empty: the keyspace itself exists
};

struct UnpreparedFields
{
    std::vector<std::byte> id;
};

/// CAS_WRITE_UNKNOWN, a v5 code (0x1700) that v4 clients meet.
struct CasWriteUnknownFields
{
    Consistency consistency{};
    std::int32_t received = 0;
    std::int32_t block_for = 0;
};

/// Scylla's rate limit error, sent with the code agreed in SUPPORTED.
struct RateLimitFields
{
    std::uint8_t operation = 0; ///< 0 read, 1 write
    bool rejected_by_coordinator = false;
};

using ServerFields = std::variant<std::monostate, UnavailableFields, WriteTimeoutFields, ReadTimeoutFields,
                                  ReadFailureFields, WriteFailureFields, FunctionFailureFields, AlreadyExistsFields,
                                  UnpreparedFields, CasWriteUnknownFields, RateLimitFields>;

}
