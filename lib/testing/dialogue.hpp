#pragma once

#include <coodie/inet.hpp>
#include <coodie/testing/recorded_request.hpp>
#include <lib/testing/frames.hpp>
#include <protocol/request.hpp>

namespace coodie::testing {

/// What a node remembers of one connection.
struct Dialogue
{
    enum class Phase : std::uint8_t
    {
        fresh,          ///< OPTIONS and STARTUP only
        authenticating, ///< AUTH_RESPONSE only
        ready,
    };
    std::size_t node = 0;
    std::size_t connection = 0;
    std::uint16_t shard = 0;
    Inet client = {};
    Phase phase = Phase::fresh;
    std::string keyspace = {};
    std::optional<protocol::CompressionAlgorithm> compression = {};
    bool with_metadata_id = false;
    std::vector<std::string> event_types = {};
};

/// A request, its bytes and what they say. Lifetime: `decoded` holds views into `seen.body`.
struct Incoming
{
    RecordedRequest seen;
    protocol::FrameHeader header;
    std::optional<protocol::DecodedRequest> decoded = {};

    Incoming() = default;
    Incoming(const Incoming&) = delete;
    Incoming& operator=(const Incoming&) = delete;

    Wishes wishes(const Dialogue& dialogue) const;
};

}
