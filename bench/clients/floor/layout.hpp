#pragma once

#include "../../meter/window.hpp"
#include "../../wire.hpp"

#include <cstddef>
#include <string_view>
#include <vector>

namespace bench {

/// Appends to a frame that is laid out once.
class FrameBuilder
{
public:
    explicit FrameBuilder(Opcode opcode)
    {
        const std::byte header[]{std::byte{4}, {}, {}, {}, static_cast<std::byte>(opcode), {}, {}, {}, {}};
        frame_.assign(std::begin(header), std::end(header));
    }
    template <class Number> FrameBuilder& number(Number n)
    {
        frame_.resize(frame_.size() + sizeof n);
        store(frame_.data() + frame_.size() - sizeof n, n);
        return *this;
    }
    FrameBuilder& bytes(std::string_view s)
    {
        const auto* from = reinterpret_cast<const std::byte*>(s.data());
        frame_.insert(frame_.end(), from, from + s.size());
        return *this;
    }
    /// A value of that size. @return where it stands.
    std::size_t value(std::size_t size)
    {
        number(static_cast<std::int32_t>(size));
        frame_.resize(frame_.size() + size);
        return frame_.size() - size;
    }
    std::vector<std::byte> finish()
    {
        store(frame_.data() + 5, static_cast<std::uint32_t>(frame_.size() - header_size));
        return frame_;
    }

private:
    std::vector<std::byte> frame_;
};

/// A request's frame, laid out once, and where the parts that change stand in it.
struct Layout
{
    std::vector<std::byte> frame;
    std::size_t id = 0; ///< 0 where the statement binds no id
    std::size_t name = 0;
    std::size_t email = 0;
    std::size_t age = 0;
    std::size_t score = 0;
};

/// The EXECUTE frame of a statement that the responder gave that id.
Layout lay_out(Kind kind, std::string_view id);

/// Stores what differs from request to request. `frame` holds a copy of the layout's.
inline void store_request(std::byte* frame, const Layout& layout, Kind kind, std::size_t stream, std::uint64_t number)
{
    store(frame + 2, static_cast<std::uint16_t>(stream));
    if (kind == Kind::page)
        return;
    const auto u = user(number);
    store(frame + layout.id, u.id_high);
    store(frame + layout.id + 8, id_low);
    if (kind == Kind::select)
        return;
    std::memcpy(frame + layout.name, u.name.data(), u.name.size());
    std::memcpy(frame + layout.email, u.email.data(), u.email.size());
    store(frame + layout.age, u.age);
    store(frame + layout.score, u.score);
}

}
