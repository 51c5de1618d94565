#pragma once

#include <compare>
#include <coodie/scalar_codecs.hpp>
#include <utility>

namespace coodie {

/// Text of a column of type ascii; decides that type where std::string decides text.
/// What a server sends is taken as it is, beyond 127 too.
class COODIE_API Ascii
{
public:
    Ascii() = default;
    explicit Ascii(std::string text); ///< Errors: InvalidQueryError when a character is not ASCII

    const std::string& text() const noexcept { return text_; }
    operator std::string_view() const noexcept { return text_; }

    friend bool operator==(const Ascii&, const Ascii&) = default;
    friend std::strong_ordering operator<=>(const Ascii&, const Ascii&) = default;

private:
    friend struct Codec<Ascii>;
    std::string text_;
};

template <> struct Codec<Ascii>
{
    static const DataType& type() { return detail::plain_type<TypeId::ascii>(); }
    static std::size_t size(const Ascii& value) noexcept { return value.text_.size(); }
    static std::byte* store(std::byte* out, const Ascii& value) noexcept
    {
        return Codec<std::string>::store(out, value.text_);
    }
    static bool load(std::span<const std::byte> in, Ascii& value)
    {
        value.text_.assign(reinterpret_cast<const char*>(in.data()), in.size());
        return true;
    }
};

}
