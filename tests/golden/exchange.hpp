#pragma once

#include <map>
#include <optional>
#include <protocol/compression.hpp>
#include <protocol/request.hpp>
#include <protocol/response.hpp>
#include <stdexcept>
#include <string>
#include <vector>

namespace golden {

using Frame = std::vector<std::byte>;

/// What one line recorded.
struct Exchange
{
    std::string label;
    Frame request;
    Frame response;
    std::vector<Frame> events;
};

/// Bytes that do not say what they should.
struct Mismatch : std::runtime_error
{
    using std::runtime_error::runtime_error;
};

/// What lines before this one agreed: they come from connections in order.
class Recording
{
public:
    /// Decodes all frames to structs and values and encodes them again. Throws Mismatch at the first difference.
    void check(const Exchange& exchange);

private:
    struct Body
    {
        coodie::protocol::FrameHeader header;
        std::vector<std::byte> bytes; ///< decompressed
    };
    Body body_of(const Frame& frame) const;
    std::vector<std::byte> decompressed(coodie::protocol::Bytes body) const;
    bool check_request(const Frame& frame); ///< false: it is no request that a server could read
    void check_response(const Frame& frame);
    void remember(const coodie::protocol::Request& request);
    void remember(const coodie::protocol::Response& response);

    std::optional<coodie::protocol::CompressionAlgorithm> compression_;
    std::map<std::vector<std::byte>, std::shared_ptr<const coodie::ResultMetadata>> prepared_;
    const coodie::ResultMetadata* left_out_ = nullptr; ///< columns that the request asked not to be sent again
};

}
