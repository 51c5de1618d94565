#include <protocol/writer.hpp>

namespace coodie::protocol {

void Writer::write_inet(const InetAddress& inet) noexcept
{
    write_byte(inet.size);
    write_raw(inet.address());
    write_int(inet.port);
}

void Writer::write_string_list(const StringList& list) noexcept
{
    write_short(list.size());
    for (const auto text : list)
        write_string(text);
}

void Writer::write_string_map(const StringMap& map) noexcept
{
    write_short(map.size());
    for (const auto& [key, value] : map) {
        write_string(key);
        write_string(value);
    }
}

void Writer::write_string_multimap(const StringMultimap& map) noexcept
{
    write_short(map.size());
    for (const auto& [key, values] : map) {
        write_string(key);
        write_string_list(values);
    }
}

void Writer::write_bytes_map(const BytesMap& map) noexcept
{
    write_short(map.size());
    for (const auto& [key, value] : map) {
        write_string(key);
        write_bytes(value);
    }
}

}
