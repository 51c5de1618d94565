#include <protocol/request.hpp>

namespace coodie::protocol {
namespace {

Request decode_message(Opcode opcode, Reader& in, bool with_metadata_id)
{
    switch (opcode) {
    case Opcode::startup: return Startup::decode(in);
    case Opcode::options: return Options::decode(in);
    case Opcode::auth_response: return AuthResponse::decode(in);
    case Opcode::query: return Query::decode(in);
    case Opcode::prepare: return Prepare::decode(in);
    case Opcode::execute: return Execute::decode(in, with_metadata_id);
    case Opcode::batch: return Batch::decode(in);
    case Opcode::register_: return Register::decode(in);
    case Opcode::error:
    case Opcode::ready:
    case Opcode::authenticate:
    case Opcode::supported:
    case Opcode::result:
    case Opcode::event:
    case Opcode::auth_challenge:
    case Opcode::auth_success: break;
    }
    in.fail("an opcode that no client sends", static_cast<std::int64_t>(opcode));
    return {};
}

}

Result<DecodedRequest> decode_request(const FrameHeader& header, Bytes body, bool with_metadata_id)
{
    Reader in{body};
    DecodedRequest request;
    request.prefix = BodyPrefix::decode_request(in, header.flags);
    request.message = decode_message(header.opcode, in, with_metadata_id);
    if (auto error = in.finish(name_of(header.opcode)))
        return error;
    return request;
}

}
