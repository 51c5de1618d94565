#pragma once

#include <coodie/blob.hpp>
#include <coodie/opcode.hpp>
#include <coodie/rows.hpp>
#include <coodie/uuid.hpp>

namespace coodie::testing {

/// What a server says: any response of the protocol, as a value.
///     void_answer()    rows({"id"}, row(1))    error(errc::unavailable, "two nodes are down")
struct COODIE_API Answer
{
    Opcode opcode = Opcode::result;
    std::vector<std::byte> body = {};         ///< behind the prefix; of rows none
    std::shared_ptr<const Rows> rows = {};    ///< encoded when sent, for a client may know their columns already
    std::vector<std::byte> prepared_id = {};  ///< of RESULT Prepared: the node then knows the statement
    std::optional<std::string> keyspace = {}; ///< of RESULT Set_keyspace: the connection then uses it
    std::optional<Uuid> tracing_id = {};
    std::vector<std::string> warnings = {};
    std::map<std::string, std::optional<std::vector<std::byte>>> custom_payload = {};

    Answer() = default;
    Answer(Rows content);
    Answer(const SchemaChange& change);

    Answer& warning(std::string text);
    Answer& payload(std::string key, std::optional<std::vector<std::byte>> value);
    Answer& traced(Uuid id);
    /// Scylla's hint: the tokens above `first` up to `last` live on these shards of these nodes.
    Answer& tablet(std::int64_t first, std::int64_t last, const std::vector<std::pair<Uuid, std::int32_t>>& replicas);
};

COODIE_API Answer void_answer();
COODIE_API Answer ready();
/// The server's error of this code (the ones from errc::server_error on). Without fields it gets some that are
/// possible; give them where a test looks at them. errc::rate_limit has the code that nodes of shards offer.
COODIE_API Answer error(errc code, std::string_view message, ServerFields fields = {});
/// The same for a code that no list knows: no fields.
COODIE_API Answer error(std::int32_t code, std::string_view message);
COODIE_API Answer set_keyspace(std::string keyspace);
COODIE_API Answer authenticate(std::string_view authenticator);
COODIE_API Answer auth_challenge(std::span<const std::byte> token);
COODIE_API Answer auth_success();
COODIE_API Answer supported(const std::map<std::string, std::vector<std::string>>& options);
/// RESULT Prepared of these bind columns; `partition_key`: their indexes. `result`: what executing it will give.
COODIE_API Answer prepared(std::vector<std::byte> id, std::vector<ColumnSpec> bind_columns = {},
                           std::vector<std::uint16_t> partition_key = {}, const ResultMetadata& result = {});
/// Any message, right or wrong: `body` as it stands behind the header.
COODIE_API Answer message(Opcode opcode, std::vector<std::byte> body);
COODIE_API Answer message(Opcode opcode, std::string_view body);

/// One column for bind metadata and rows: column("id", "uuid"). Errors: ConfigurationError for a type that is none.
COODIE_API ColumnSpec column(std::string name, std::string_view type, std::string keyspace = "test",
                             std::string table = "test");

}
