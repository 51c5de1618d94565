#pragma once

#include "../../table.hpp"
#include "../../wire.hpp"
#include "socket.hpp"

#include <cstddef>
#include <string_view>

namespace bench {

/// Reads one answer's body. Errors: the first wrong byte ends the run.
class Answer
{
public:
    Answer(const std::byte* at, std::size_t size) : at_(at), end_(at + size) {}

    template <class Number> Number number() { return load<Number>(take(sizeof(Number))); }
    std::string_view value()
    {
        const auto size = number<std::int32_t>();
        if (size < 0)
            fail("a value is null");
        return {reinterpret_cast<const char*>(take(static_cast<std::size_t>(size))), static_cast<std::size_t>(size)};
    }
    template <class Number> Number fixed()
    {
        if (number<std::int32_t>() != static_cast<std::int32_t>(sizeof(Number)))
            fail("a value has another size than its type");
        return number<Number>();
    }
    void finish() const
    {
        if (at_ != end_)
            fail("an answer is longer than its content");
    }

private:
    const std::byte* take(std::size_t size)
    {
        if (static_cast<std::size_t>(end_ - at_) < size)
            fail("an answer ends before its content");
        at_ += size;
        return at_ - size;
    }

    const std::byte* at_;
    const std::byte* end_;
};

inline void check_void(Answer in)
{
    if (in.number<std::int32_t>() != static_cast<std::int32_t>(ResultKind::void_))
        fail("expected a void result");
    in.finish();
}

/// Decodes every value of every row.
inline void fold_rows(Answer in, Fold& fold)
{
    constexpr std::int32_t no_metadata = 4;
    if (in.number<std::int32_t>() != static_cast<std::int32_t>(ResultKind::rows) ||
        in.number<std::int32_t>() != no_metadata || in.number<std::int32_t>() != 5)
        fail("expected rows of five columns without metadata");
    for (auto rows = in.number<std::int32_t>(); rows > 0; --rows) {
        if (in.number<std::int32_t>() != 16)
            fail("an id has not 16 bytes");
        const auto id = in.number<std::uint64_t>();
        if (in.number<std::uint64_t>() != id_low)
            fail("an id is none of the table's");
        const auto name = in.value();
        const auto email = in.value();
        const auto age = in.fixed<std::int64_t>();
        fold.add(id, name, email, age, in.fixed<double>());
    }
    in.finish();
}

}
