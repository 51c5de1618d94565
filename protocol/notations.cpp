#include <protocol/notations.hpp>
#include <string>

namespace coodie::protocol {

std::size_t string_list_size(const StringList& list) noexcept
{
    std::size_t size = 2;
    for (const auto text : list)
        size += string_size(text);
    return size;
}

std::size_t string_map_size(const StringMap& map) noexcept
{
    std::size_t size = 2;
    for (const auto& [key, value] : map)
        size += string_size(key) + string_size(value);
    return size;
}

std::size_t string_multimap_size(const StringMultimap& map) noexcept
{
    std::size_t size = 2;
    for (const auto& [key, values] : map)
        size += string_size(key) + string_list_size(values);
    return size;
}

std::size_t bytes_map_size(const BytesMap& map) noexcept
{
    std::size_t size = 2;
    for (const auto& [key, value] : map)
        size += string_size(key) + bytes_size(value);
    return size;
}

namespace {

Error check_at_most(std::string_view what, std::size_t size, std::size_t limit, std::string_view unit)
{
    if (size <= limit)
        return {};
    return {errc::invalid_query, std::string{what} + " has " + std::to_string(size) + " " + std::string{unit} +
                                     ", and CQL v4 carries at most " + std::to_string(limit)};
}

}

Error check_string(std::string_view what, std::string_view text)
{
    return check_at_most(what, text.size(), max_short, "bytes");
}

Error check_long_string(std::string_view what, std::string_view text)
{
    return check_at_most(what, text.size(), max_int, "bytes");
}

Error check_short_bytes(std::string_view what, Bytes bytes)
{
    return check_at_most(what, bytes.size(), max_short, "bytes");
}

Error check_bytes(std::string_view what, std::size_t size)
{
    return check_at_most(what, size, max_int, "bytes");
}

Error check_count(std::string_view what, std::size_t count)
{
    return check_at_most(what, count, max_short, "elements");
}

}
