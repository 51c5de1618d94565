#include <coodie/value_buffer.hpp>

#include "lib/base/too_many_bytes.hpp"
#include <algorithm>
#include <string>

namespace coodie {

Error detail::too_many_bytes(std::size_t size)
{
    return {errc::invalid_query, "the values of a statement have at most 2147483647 bytes together, not " +
                                     std::to_string(size) + "; split them over several statements"};
}

void ValueBuffer::grow(std::size_t size, std::size_t count)
{
    if (count > max_values - count_)
        Error{errc::invalid_query, "a statement carries at most 65535 values, not " + std::to_string(count_ + count) +
                                       "; split it into several statements"}
            .raise();
    if (size > max_bytes - size_)
        detail::too_many_bytes(size_ + size).raise();
    if (size <= capacity_ - size_)
        return;
    const auto capacity = std::min(std::max<std::size_t>(size_ + size, std::size_t{2} * capacity_), max_bytes);
    auto* bytes = new std::byte[capacity];
    std::memcpy(bytes, begin(), size_);
    release();
    heap_ = bytes;
    capacity_ = static_cast<std::uint32_t>(capacity);
}

Cell ValueBuffer::at(std::size_t index) const noexcept
{
    const auto* at = begin();
    for (; index != 0; --index)
        at += 4 + std::max(detail::load_integer<std::int32_t>(at), 0);
    return {at + 4, detail::load_integer<std::int32_t>(at)};
}

}
