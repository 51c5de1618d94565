#include <charconv>
#include <memory>
#include <new>
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

Value::Value() noexcept
{
    hold_content({});
}

Value::Value(const Value& other)
{
    hold_content(Content(other.content()));
}

Value::Value(Value&& other) noexcept
{
    hold_content(std::move(other.held()));
}

Value& Value::operator=(const Value& other)
{
    held() = other.content();
    return *this;
}

Value& Value::operator=(Value&& other) noexcept
{
    held() = std::move(other.held());
    return *this;
}

Value::~Value()
{
    std::destroy_at(&held());
}

void Value::hold_content(Content&& content) noexcept
{
    static_assert(sizeof(Content) <= content_size && alignof(Content) <= alignof(std::int64_t));
    ::new (static_cast<void*>(content_)) Content(std::move(content));
}

Value::Content& Value::held() noexcept
{
    return *std::launder(reinterpret_cast<Content*>(content_));
}

const Value::Content& Value::content() const noexcept
{
    return *std::launder(reinterpret_cast<const Content*>(content_));
}

bool Value::is_null() const noexcept
{
    return content().index() == 0;
}

bool Value::is_unset() const noexcept
{
    return std::holds_alternative<Unset>(content());
}

bool Value::is_empty() const noexcept
{
    return std::holds_alternative<Empty>(content());
}

bool Value::operator==(const Value& other) const
{
    return content() == other.content();
}

std::string Value::to_string() const
{
    std::string text;
    Printer{text}.print(*this);
    return text;
}

#define COODIE_HOLD(Alternative)                                                                                       \
    void Value::hold(Alternative value) noexcept                                                                       \
    {                                                                                                                  \
        hold_content(std::move(value));                                                                                \
    }
COODIE_HOLD(Null)
COODIE_HOLD(Unset)
COODIE_HOLD(Empty)
COODIE_HOLD(bool)
COODIE_HOLD(double)
COODIE_HOLD(std::string)
COODIE_HOLD(Blob)
COODIE_HOLD(Uuid)
COODIE_HOLD(Decimal)
COODIE_HOLD(Duration)
COODIE_HOLD(Inet)
COODIE_HOLD(Date)
COODIE_HOLD(Time)
COODIE_HOLD(Timestamp)
COODIE_HOLD(List)
COODIE_HOLD(Map)
COODIE_HOLD(Record)
#undef COODIE_HOLD

void Value::hold(Varint value) noexcept
{
    if (const auto small = value.to_int64())
        hold_content(*small);
    else
        hold_content(std::move(value));
}

void Value::hold_decoded(std::span<const std::byte> bytes, const DataType& type)
{
    auto value = decode(bytes, type).value();
    hold_content(std::move(value.held()));
}

const void* Value::held_as(std::size_t index) const noexcept
{
    if (content().index() != index)
        return nullptr;
    return std::visit([](const auto& alternative) -> const void* { return &alternative; }, content());
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
