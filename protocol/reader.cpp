#include <protocol/reader.hpp>
#include <string>

namespace coodie::protocol {

std::string_view Reader::read_long_string() noexcept
{
    const auto size = read_int();
    if (size < 0)
        fail("negative length", size);
    return failed() ? std::string_view{} : as_text(read_raw(static_cast<std::size_t>(size)));
}

Cell Reader::read_bytes() noexcept
{
    const auto size = read_int();
    if (size < 0)
        return {nullptr, size};
    const auto bytes = read_raw(static_cast<std::size_t>(size));
    return {bytes.data(), static_cast<std::int32_t>(bytes.size())};
}

Cell Reader::read_value() noexcept
{
    const auto value = read_bytes();
    if (value.size < -2)
        fail("a value of no possible length", value.size);
    return value;
}

Bytes Reader::read_cells(std::size_t count) noexcept
{
    const auto* const begin = at_;
    for (; count != 0; --count) {
        if (remaining() < sizeof(std::int32_t)) [[unlikely]] {
            fail("ends before its time");
            return {};
        }
        const auto size = coodie::detail::load_integer<std::int32_t>(at_);
        at_ += sizeof size;
        if (size <= 0)
            continue;
        if (static_cast<std::size_t>(size) > remaining()) [[unlikely]] {
            fail("a cell longer than the body", size);
            return {};
        }
        at_ += size;
    }
    return {begin, at_};
}

Uuid Reader::read_uuid() noexcept
{
    Uuid uuid;
    if (const auto bytes = read_raw(uuid.bytes.size()); !bytes.empty())
        std::memcpy(uuid.bytes.data(), bytes.data(), bytes.size());
    return uuid;
}

InetAddress Reader::read_inet() noexcept
{
    InetAddress inet;
    inet.size = read_byte();
    if (inet.size != 4 && inet.size != 16) {
        fail("an address of neither 4 nor 16 bytes", inet.size);
        return {};
    }
    if (const auto bytes = read_raw(inet.size); !bytes.empty())
        std::memcpy(inet.bytes.data(), bytes.data(), bytes.size());
    inet.port = read_int();
    return inet;
}

StringList Reader::read_string_list()
{
    StringList list(read_short_count(2));
    for (auto& text : list)
        text = read_string();
    return list;
}

StringMap Reader::read_string_map()
{
    StringMap map(read_short_count(4));
    for (auto& [key, value] : map) {
        key = read_string();
        value = read_string();
    }
    return map;
}

StringMultimap Reader::read_string_multimap()
{
    StringMultimap map(read_short_count(4));
    for (auto& [key, values] : map) {
        key = read_string();
        values = read_string_list();
    }
    return map;
}

BytesMap Reader::read_bytes_map()
{
    BytesMap map(read_short_count(6));
    for (auto& [key, value] : map) {
        key = read_string();
        value = read_bytes();
    }
    return map;
}

std::size_t Reader::read_count(std::size_t minimum_size) noexcept
{
    return bounded(read_int(), minimum_size);
}

std::size_t Reader::read_short_count(std::size_t minimum_size) noexcept
{
    return bounded(read_short(), minimum_size);
}

std::size_t Reader::bounded(std::int64_t count, std::size_t minimum_size) noexcept
{
    if (count >= 0 && static_cast<std::size_t>(count) <= remaining() / minimum_size)
        return static_cast<std::size_t>(count);
    fail("a count that the body cannot hold", count);
    return 0;
}

void Reader::fail(const char* reason) noexcept
{
    if (!reason_) {
        reason_ = reason;
        failed_at_ = static_cast<std::size_t>(at_ - begin_);
    }
    at_ = end_;
}

void Reader::fail(const char* reason, std::int64_t number) noexcept
{
    if (!reason_) {
        number_ = number;
        has_number_ = true;
    }
    fail(reason);
}

Error Reader::finish(std::string_view what) const
{
    if (!reason_)
        return {};
    auto sentence = "malformed " + std::string{what} + ": " + reason_;
    if (has_number_)
        sentence += " (" + std::to_string(number_) + ")";
    sentence += " at byte " + std::to_string(failed_at_) + " of " + std::to_string(end_ - begin_);
    return {errc::protocol, std::move(sentence)};
}

}
