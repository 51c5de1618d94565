#pragma once

#include <coodie/result.hpp>
#include <protocol/auth_response.hpp>
#include <protocol/batch.hpp>
#include <protocol/body_prefix.hpp>
#include <protocol/execute.hpp>
#include <protocol/frame.hpp>
#include <protocol/options.hpp>
#include <protocol/prepare.hpp>
#include <protocol/query.hpp>
#include <protocol/register.hpp>
#include <protocol/startup.hpp>
#include <variant>

namespace coodie::protocol {

/// Any message a client sends.
using Request = std::variant<Startup, Options, AuthResponse, Query, Prepare, Execute, Batch, Register>;

struct DecodedRequest
{
    BodyPrefix prefix; ///< a custom payload at most
    Request message;
};

/// A whole body, decompressed already: what servers do.
/// Lifetime: views into `body`. Errors: errc::protocol.
Result<DecodedRequest> decode_request(const FrameHeader& header, Bytes body, bool with_metadata_id = false);

}
