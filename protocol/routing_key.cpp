#include <protocol/routing_key.hpp>
#include <protocol/writer.hpp>

namespace coodie::protocol {

namespace {

constexpr std::size_t stack_size = 256;
constexpr std::size_t component_overhead = 3; // length and end

/// Walks encoded values. Key columns mostly come in order, so it goes on from where it stood when it can.
class ValueWalk
{
public:
    explicit ValueWalk(const ValueBuffer& values) noexcept
        : first_{values.bytes().data()}, count_{values.count()}, at_{first_}
    {
    }

    /// Null when the value cannot be part of a key.
    Cell at(std::size_t index) noexcept
    {
        if (index >= count_)
            return {};
        if (index < next_) {
            at_ = first_;
            next_ = 0;
        }
        while (next_ < index)
            take();
        const auto cell = take();
        return cell.bytes().size() > max_short ? Cell{} : cell;
    }

private:
    Cell take() noexcept
    {
        const Cell cell{at_ + 4, detail::load_integer<std::int32_t>(at_)};
        at_ += 4 + cell.bytes().size();
        ++next_;
        return cell;
    }

    const std::byte* first_;
    std::size_t count_;
    const std::byte* at_;
    std::size_t next_ = 0;
};

std::optional<std::size_t> composite_size(const ValueBuffer& values, std::span<const std::uint16_t> partition_key)
{
    ValueWalk walk{values};
    std::size_t size = 0;
    for (const auto index : partition_key) {
        const auto cell = walk.at(index);
        if (cell.is_null())
            return {};
        size += component_overhead + cell.bytes().size();
    }
    return size;
}

void store_composite(std::span<std::byte> memory, const ValueBuffer& values,
                     std::span<const std::uint16_t> partition_key)
{
    ValueWalk walk{values};
    Writer out{memory};
    for (const auto index : partition_key) {
        out.write_short_bytes(walk.at(index).bytes());
        out.write_byte(0);
    }
}

/// The value of a key's only column.
Cell single(const ValueBuffer& values, std::span<const std::uint16_t> partition_key)
{
    return ValueWalk{values}.at(partition_key.front());
}

}

std::optional<std::vector<std::byte>> routing_key(const ValueBuffer& values,
                                                  std::span<const std::uint16_t> partition_key)
{
    if (partition_key.empty())
        return {};
    if (partition_key.size() == 1) {
        const auto cell = single(values, partition_key);
        if (cell.is_null())
            return {};
        return std::vector<std::byte>(cell.bytes().begin(), cell.bytes().end());
    }
    const auto size = composite_size(values, partition_key);
    if (!size)
        return {};
    std::vector<std::byte> key(*size);
    store_composite(key, values, partition_key);
    return key;
}

std::optional<Token> routing_token(const ValueBuffer& values, std::span<const std::uint16_t> partition_key,
                                   Partitioner partitioner)
{
    if (partition_key.size() == 1) {
        const auto cell = single(values, partition_key);
        return cell.is_null() ? std::optional<Token>{} : token_of(cell.bytes(), partitioner);
    }
    const auto size = composite_size(values, partition_key);
    if (!size || partition_key.empty())
        return {};
    if (*size <= stack_size) {
        std::array<std::byte, stack_size> memory;
        const auto key = std::span{memory}.first(*size);
        store_composite(key, values, partition_key);
        return token_of(key, partitioner);
    }
    const auto key = routing_key(values, partition_key);
    return token_of(*key, partitioner);
}

}
