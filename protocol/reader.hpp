#pragma once

#include <coodie/consistency.hpp>
#include <coodie/error.hpp>
#include <coodie/uuid.hpp>
#include <protocol/notations.hpp>

namespace coodie::protocol {

/// Reads a body in a straight line. The first failure is kept and everything after it reads as zero and empty;
/// the caller asks `finish()` once. What is left over at the end of a body is ignored (CQL v4 section 1).
/// Lifetime: all it gives are views into the body.
class Reader
{
public:
    explicit Reader(Bytes body) noexcept : begin_{body.data()}, at_{body.data()}, end_{body.data() + body.size()} {}

    std::uint8_t read_byte() noexcept { return read_integer<std::uint8_t>(); }
    std::uint16_t read_short() noexcept { return read_integer<std::uint16_t>(); }
    std::int32_t read_int() noexcept { return read_integer<std::int32_t>(); }
    std::int64_t read_long() noexcept { return read_integer<std::int64_t>(); }
    Consistency read_consistency() noexcept { return static_cast<Consistency>(read_short()); }

    Bytes read_raw(std::size_t size) noexcept
    {
        if (remaining() < size) [[unlikely]] {
            fail("ends before its time");
            return {};
        }
        const Bytes bytes{at_, size};
        at_ += size;
        return bytes;
    }
    std::string_view read_string() noexcept { return as_text(read_raw(read_short())); }
    std::string_view read_long_string() noexcept;
    Bytes read_short_bytes() noexcept { return read_raw(read_short()); }
    /// [bytes]: any negative length is null, and kept as it came.
    Cell read_bytes() noexcept;
    /// [value]: null (-1), unset (-2) or bytes; other negative lengths fail.
    Cell read_value() noexcept;
    /// `count` times [bytes], in one pass that checks each length.
    Bytes read_cells(std::size_t count) noexcept;
    Uuid read_uuid() noexcept;
    InetAddress read_inet() noexcept;
    StringList read_string_list();
    StringMap read_string_map();
    StringMultimap read_string_multimap();
    BytesMap read_bytes_map();

    /// An [int] or [short] count of elements that take at least `minimum_size` bytes each: no more than the body can
    /// hold, so that it may size memory and bound loops. 0 after a failure.
    std::size_t read_count(std::size_t minimum_size) noexcept;
    std::size_t read_short_count(std::size_t minimum_size) noexcept;

    std::size_t remaining() const noexcept { return static_cast<std::size_t>(end_ - at_); }
    Bytes rest() const noexcept { return {at_, remaining()}; }
    bool failed() const noexcept { return reason_ != nullptr; }

    /// Keeps the first reason (text that lives for ever) and goes to the end of the body.
    void fail(const char* reason) noexcept;
    /// The same, with the number that was not expected.
    void fail(const char* reason, std::int64_t number) noexcept;
    /// Errors: errc::protocol with the first failure; `what` was being read.
    Error finish(std::string_view what = "body") const;

private:
    template <std::integral T> T read_integer() noexcept
    {
        if (remaining() < sizeof(T)) [[unlikely]] {
            fail("ends before its time");
            return 0;
        }
        const auto value = detail::load_integer<T>(at_);
        at_ += sizeof(T);
        return value;
    }
    static std::string_view as_text(Bytes bytes) noexcept
    {
        return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
    }
    std::size_t bounded(std::int64_t count, std::size_t minimum_size) noexcept;

    const std::byte* begin_;
    const std::byte* at_;
    const std::byte* end_;
    const char* reason_ = nullptr;
    std::size_t failed_at_ = 0;
    std::int64_t number_ = 0;
    bool has_number_ = false;
};

}
