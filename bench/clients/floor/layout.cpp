#include "layout.hpp"

namespace bench {
namespace {

constexpr std::uint8_t values_flag = 0x01;
constexpr std::uint8_t skip_metadata_flag = 0x02;
constexpr std::uint8_t timestamp_flag = 0x20;
constexpr std::uint16_t local_one = 0x000A;

}

/// EXECUTE (CQL v4 section 4.1.6)
///     <id: short bytes> <consistency: short> <flags: byte> <n: short> <value>... <timestamp: long>
Layout lay_out(Kind kind, std::string_view id)
{
    FrameBuilder out(Opcode::execute);
    const std::uint8_t flags =
        skip_metadata_flag | (kind == Kind::page ? 0 : values_flag) | (kind == Kind::insert ? timestamp_flag : 0);
    out.number(static_cast<std::uint16_t>(id.size())).bytes(id).number(local_one);
    out.bytes({reinterpret_cast<const char*>(&flags), 1});
    Layout layout;
    if (kind != Kind::page) {
        out.number(static_cast<std::uint16_t>(kind == Kind::insert ? 5 : 1));
        layout.id = out.value(16);
    }
    if (kind == Kind::insert) {
        layout.name = out.value(user(0).name.size());
        layout.email = out.value(user(0).email.size());
        layout.age = out.value(8);
        layout.score = out.value(8);
        out.number(std::uint64_t{1'700'000'000'000'000});
    }
    layout.frame = out.finish();
    return layout;
}

}
