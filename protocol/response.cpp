#include <protocol/response.hpp>

namespace coodie::protocol {
namespace {

Response decode_message(Opcode opcode, Reader& in, const ResponseContext& context)
{
    switch (opcode) {
    case Opcode::error: return ErrorResponse::decode(in, context.rate_limit_code);
    case Opcode::ready: return Ready::decode(in);
    case Opcode::authenticate: return Authenticate::decode(in);
    case Opcode::supported: return Supported::decode(in);
    case Opcode::result: return ResultResponse::decode(in, context.result);
    case Opcode::event: return Event::decode(in);
    case Opcode::auth_challenge: return AuthChallenge::decode(in);
    case Opcode::auth_success: return AuthSuccess::decode(in);
    case Opcode::startup:
    case Opcode::options:
    case Opcode::query:
    case Opcode::prepare:
    case Opcode::execute:
    case Opcode::register_:
    case Opcode::batch:
    case Opcode::auth_response: break;
    }
    in.fail("an opcode that no server sends", static_cast<std::int64_t>(opcode));
    return {};
}

}

Result<DecodedResponse> decode_response(const FrameHeader& header, Bytes body, const ResponseContext& context)
{
    Reader in{body};
    DecodedResponse response;
    response.prefix = BodyPrefix::decode_response(in, header.flags);
    response.message = decode_message(header.opcode, in, context);
    if (auto error = in.finish(name_of(header.opcode)))
        return error;
    return response;
}

}
