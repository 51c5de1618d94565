#pragma once

#include <chrono>
#include <coodie/consistency.hpp>
#include <coodie/opcode.hpp>
#include <coodie/value_buffer.hpp>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace coodie::testing {

/// One request as it came to a FakeCluster: its bytes, and what they say.
struct RecordedRequest
{
    std::size_t node = 0;       ///< counted from 0, in the order in which nodes were given
    std::size_t connection = 0; ///< counted from 0 through the whole cluster, in the order of accepting
    std::uint16_t shard = 0;    ///< of the node, where it has any
    bool control = false;       ///< the connection has registered for events
    std::chrono::steady_clock::time_point at = {};
    std::vector<std::byte> frame; ///< byte for byte, with its header
    std::vector<std::byte> body;  ///< what follows the header, decompressed

    Opcode opcode = Opcode::options;
    std::int16_t stream = 0;
    bool tracing = false;
    std::string keyspace;         ///< which the connection uses
    std::vector<std::string> cql; ///< of EXECUTE what was prepared, of BATCH every statement; empty when unknown
    ValueBuffer values;           ///< of a BATCH those of every statement, in order
    std::optional<Consistency> consistency;
    std::optional<Consistency> serial_consistency;
    std::optional<std::int32_t> page_size;
    std::vector<std::byte> paging_state;
    std::optional<std::int64_t> timestamp;
    std::map<std::string, std::string> startup; ///< STARTUP's options
    std::vector<std::string> event_types;       ///< REGISTER's
    std::string problem;                        ///< why it could not be read; empty when it could

    /// Whether a statement of it holds this text. Empty text is in every request.
    bool contains(std::string_view text) const
    {
        for (const auto& statement : cql)
            if (statement.find(text) != std::string::npos)
                return true;
        return text.empty();
    }
};

}
