#pragma once

#include <cassert>
#include <coodie/consistency.hpp>
#include <coodie/uuid.hpp>
#include <protocol/notations.hpp>

namespace coodie::protocol {

/// Stores into memory whose size was computed first (`encoded_size()`), after the limits were checked (`check()`):
/// nothing is tested again here but by assert.
class Writer
{
public:
    explicit Writer(std::span<std::byte> memory) noexcept : at_{memory.data()}, end_{memory.data() + memory.size()} {}

    void write_byte(std::uint8_t value) noexcept { write_integer(value); }
    void write_short(std::size_t value) noexcept
    {
        assert(value <= max_short);
        write_integer(static_cast<std::uint16_t>(value));
    }
    void write_int(std::int32_t value) noexcept { write_integer(value); }
    /// A length or count as [int].
    void write_size(std::size_t value) noexcept
    {
        assert(value <= max_int);
        write_integer(static_cast<std::int32_t>(value));
    }
    void write_long(std::int64_t value) noexcept { write_integer(value); }
    void write_consistency(Consistency value) noexcept { write_short(static_cast<std::uint16_t>(value)); }
    void write_raw(Bytes bytes) noexcept
    {
        assert(bytes.size() <= static_cast<std::size_t>(end_ - at_));
        if (!bytes.empty())
            std::memcpy(at_, bytes.data(), bytes.size());
        at_ += bytes.size();
    }
    void write_raw(std::string_view text) noexcept { write_raw(std::as_bytes(std::span{text})); }
    void write_string(std::string_view text) noexcept
    {
        write_short(text.size());
        write_raw(text);
    }
    void write_long_string(std::string_view text) noexcept
    {
        write_size(text.size());
        write_raw(text);
    }
    void write_short_bytes(Bytes bytes) noexcept
    {
        write_short(bytes.size());
        write_raw(bytes);
    }
    /// [bytes] or [value]; a negative size is written as it is.
    void write_bytes(Cell bytes) noexcept
    {
        write_int(bytes.size);
        write_raw(bytes.bytes());
    }
    void write_uuid(const Uuid& uuid) noexcept { write_raw(uuid.bytes); }
    void write_inet(const InetAddress& inet) noexcept;
    void write_string_list(const StringList& list) noexcept;
    void write_string_map(const StringMap& map) noexcept;
    void write_string_multimap(const StringMultimap& map) noexcept;
    void write_bytes_map(const BytesMap& map) noexcept;

    std::byte* at() const noexcept { return at_; }
    std::size_t remaining() const noexcept { return static_cast<std::size_t>(end_ - at_); }

private:
    template <std::integral T> void write_integer(T value) noexcept
    {
        assert(sizeof value <= static_cast<std::size_t>(end_ - at_));
        at_ = detail::store_integer(at_, value);
    }

    std::byte* at_;
    [[maybe_unused]] std::byte* end_;
};

}
