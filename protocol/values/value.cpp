#include <charconv>
#include <protocol/values/value_path.hpp>

namespace coodie {

namespace {

std::string quoted(std::string_view text)
{
    std::string literal = "'";
    for (const auto sign : text)
        literal += sign == '\'' ? "''" : std::string(1, sign);
    return literal + "'";
}

/// Writes a value for reading, close to CQL's literals.
struct Printer
{
    std::string& out;

    void operator()(Value::Null) const { out += "null"; }
    void operator()(Unset) const { out += "unset"; }
    void operator()(Value::Empty) const { out += "empty"; }
    void operator()(bool value) const { out += value ? "true" : "false"; }
    void operator()(std::int64_t value) const { out += std::to_string(value); }
    void operator()(double value) const
    {
        std::array<char, 32> text;
        const auto written = std::to_chars(text.data(), text.data() + text.size(), value);
        out.append(text.data(), written.ptr);
    }
    void operator()(const std::string& value) const { out += quoted(value); }
    void operator()(const Blob& value) const { out += "0x" + to_hex(value); }
    void operator()(Timestamp value) const { out += quoted(to_string(value)); }
    void operator()(const Date& value) const { out += quoted(value.to_string()); }
    void operator()(const Time& value) const { out += quoted(value.to_string()); }
    void operator()(const Inet& value) const { out += quoted(value.to_string()); }
    void operator()(const auto& value) const { out += value.to_string(); }
    void operator()(const Value::List& value) const
    {
        separated('[', value, ']', [this](const Value& element) { print(element); });
    }
    void operator()(const Value::Map& value) const
    {
        separated('{', value, '}', [this](const auto& entry) {
            print(entry.first);
            out += ": ";
            print(entry.second);
        });
    }
    void operator()(const Value::Record& value) const
    {
        separated('{', value, '}', [this](const auto& field) {
            out += field.first + ": ";
            print(field.second);
        });
    }

    void print(const Value& value) const { std::visit(*this, value.content()); }

private:
    template <class Parts, class Print>
    void separated(char open, const Parts& parts, char close, const Print& print_part) const
    {
        out += open;
        bool first = true;
        for (const auto& part : parts) {
            out += first ? "" : ", ";
            first = false;
            print_part(part);
        }
        out += close;
    }
};

}

Value::Value() noexcept = default;
Value::Value(const Value& other) = default;
Value::Value(Value&& other) noexcept = default;
Value& Value::operator=(const Value& other) = default;
Value& Value::operator=(Value&& other) noexcept = default;
Value::~Value() = default;

bool Value::operator==(const Value& other) const
{
    return content_ == other.content_;
}

std::string Value::to_string() const
{
    std::string text;
    Printer{text}.print(*this);
    return text;
}

Value::Content Value::whole(Varint number)
{
    if (const auto small = number.to_int64())
        return *small;
    return number;
}

Value::Content Value::decoded(std::span<const std::byte> bytes, const DataType& type)
{
    return decode(bytes, type).value().content_;
}

void Value::fail(const DataType& wanted) const
{
    Error{errc::bad_value, "a value of kind " + std::string{protocol::kind_of(*this)} +
                               " does not fit the C++ type for " + wanted.to_string() +
                               "; read it as its own kind, or look at content()"}
        .raise();
}

bool Codec<Value>::load_any(Cell cell, const DataType& type, Value& target)
{
    auto decoded = decode(cell, type);
    if (decoded)
        target = std::move(*decoded);
    return static_cast<bool>(decoded);
}

}
