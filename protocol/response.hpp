#pragma once

#include <coodie/result.hpp>
#include <protocol/auth_challenge.hpp>
#include <protocol/auth_success.hpp>
#include <protocol/authenticate.hpp>
#include <protocol/body_prefix.hpp>
#include <protocol/error_response.hpp>
#include <protocol/event.hpp>
#include <protocol/frame.hpp>
#include <protocol/ready.hpp>
#include <protocol/result.hpp>
#include <protocol/supported.hpp>

namespace coodie::protocol {

/// Any message a server sends.
using Response =
    std::variant<ErrorResponse, Ready, Authenticate, Supported, ResultResponse, Event, AuthChallenge, AuthSuccess>;

struct ResponseContext
{
    ResultContext result = {};
    std::optional<std::int32_t> rate_limit_code = {};
};

struct DecodedResponse
{
    BodyPrefix prefix;
    Response message;
};

/// A whole body, prefix and message, decompressed already.
/// Lifetime: views into `body`. Errors: errc::protocol; the frame's boundary is intact.
Result<DecodedResponse> decode_response(const FrameHeader& header, Bytes body, const ResponseContext& context = {});

}
