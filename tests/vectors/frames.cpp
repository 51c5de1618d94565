// Frames, well-formed and hostile.
#include "allocations.hpp"
#include "kinds.hpp"

#include <protocol/response.hpp>

namespace vectors {

namespace {

using namespace coodie::protocol;

constexpr std::size_t small = 64 * 1024; // sentences, names and the like
constexpr std::size_t largest_growth = 64;

enum class Outcome
{
    accepted,
    rejected,
    waiting, ///< for more bytes
};

/// What a client makes of the first bytes from a server.
Outcome received(Bytes bytes, const FrameLimits& limits)
{
    if (bytes.size() < header_size)
        return Outcome::waiting;
    const auto header = check_response_header(bytes.first<header_size>(), limits);
    if (!header)
        return Outcome::rejected;
    const auto body = bytes.subspan(header_size);
    const auto length = static_cast<std::size_t>(header->length);
    if (body.size() < length)
        return Outcome::waiting;
    return decode_response(*header, body.first(length)) ? Outcome::accepted : Outcome::rejected;
}

Outcome metered(Bytes bytes, const FrameLimits& limits)
{
    const AllocationMeter meter;
    const auto outcome = received(bytes, limits);
    const auto used = meter.bytes();
    expect(used <= small + largest_growth * bytes.size(), "took " + std::to_string(used) + " bytes of memory");
    return outcome;
}

void frame_header(const Json& input, const Json& expected)
{
    const FrameHeader header{.version = input.at("version").get<std::uint8_t>(),
                             .flags = input.at("flags").get<std::uint8_t>(),
                             .stream = input.at("stream").get<std::int16_t>(),
                             .opcode = static_cast<Opcode>(input.at("opcode").get<std::uint8_t>()),
                             .length = input.at("length").get<std::int32_t>()};
    std::array<std::byte, header_size> stored;
    expect(store_header(stored.data(), header) == stored.data() + stored.size(), "not nine bytes");
    expect_bytes("stored", stored, bytes_of(expected.at("hex")));
    expect(parse_header(stored) == header, "another header is parsed");
    if (header.version == request_version)
        expect(accepted("check", check_request_header(stored, {})) == header, "another header is checked");
    else if (header.version == response_version)
        expect(accepted("check", check_response_header(stored, {})) == header, "another header is checked");
}

void frame_reject(const Json& input, const Json&)
{
    FrameLimits limits;
    limits.max_body = input.value("max_frame_size", limits.max_body);
    expect(metered(bytes_of(input.at("hex")), limits) == Outcome::rejected, "not rejected");
}

void frame_must_not_crash(const Json& input, const Json& expected)
{
    const auto outcome = metered(bytes_of(input.at("hex")), {});
    const bool may_wait = expected.at("error").get_ref<const std::string&>().find("waits") != std::string::npos;
    expect(outcome == Outcome::rejected || (may_wait && outcome == Outcome::waiting), "not rejected");
}

constexpr Kind kinds[] = {
    {"frame_header", frame_header},
    {"frame_reject", frame_reject},
    {"frame_must_not_crash", frame_must_not_crash},
};

}

std::span<const Kind> frame_kinds()
{
    return kinds;
}

}
