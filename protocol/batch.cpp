#include <protocol/batch.hpp>

namespace coodie::protocol {
namespace {

constexpr std::uint8_t serial_flag = 0x10;
constexpr std::uint8_t timestamp_flag = 0x20;

Error check_statement(const BatchStatement& statement)
{
    if (statement.values.named)
        return {errc::invalid_query, "values in a BATCH cannot be named (CASSANDRA-10246); bind them in order"};
    if (auto error = check_count("the list of values", statement.values.count))
        return error;
    const auto* const id = std::get_if<Bytes>(&statement.text_or_id);
    if (id && id->empty())
        return {errc::invalid_query, "a prepared statement of a BATCH has no id"};
    return id ? check_short_bytes("the id of a prepared statement", *id) : Error{};
}

}

std::size_t BatchStatement::encoded_size() const noexcept
{
    const auto* const id = std::get_if<Bytes>(&text_or_id);
    const auto size = id ? short_bytes_size(*id) : long_string_size(*std::get_if<std::string_view>(&text_or_id));
    return 1 + size + 2 + values.bytes.size();
}

void BatchStatement::encode(Writer& out) const noexcept
{
    out.write_byte(static_cast<std::uint8_t>(text_or_id.index()));
    if (const auto* const id = std::get_if<Bytes>(&text_or_id))
        out.write_short_bytes(*id);
    else
        out.write_long_string(*std::get_if<std::string_view>(&text_or_id));
    out.write_short(values.count);
    out.write_raw(values.bytes);
}

BatchStatement BatchStatement::decode(Reader& in)
{
    BatchStatement statement;
    const auto kind = in.read_byte();
    if (kind > 1)
        in.fail("a statement of unknown kind", kind);
    if (kind == 1)
        statement.text_or_id = in.read_short_bytes();
    else
        statement.text_or_id = in.read_long_string();
    statement.values = EncodedValues::decode(in, in.read_short_count(4), false);
    return statement;
}

Error Batch::check(std::size_t size) const
{
    if (auto error = check_count("the list of a BATCH's statements", statements.size()))
        return error;
    for (const auto& statement : statements)
        if (auto error = check_statement(statement))
            return error;
    if (auto error = check_write_options(serial_consistency, timestamp))
        return error;
    return check_bytes("BATCH", size);
}

std::size_t Batch::encoded_size() const noexcept
{
    std::size_t size = 1 + 2 + 2 + 1;
    for (const auto& statement : statements)
        size += statement.encoded_size();
    return size + (serial_consistency ? 2 : 0) + (timestamp ? 8 : 0);
}

void Batch::encode(Writer& out) const noexcept
{
    out.write_byte(static_cast<std::uint8_t>(type));
    out.write_short(statements.size());
    for (const auto& statement : statements)
        statement.encode(out);
    out.write_consistency(consistency);
    out.write_byte(
        static_cast<std::uint8_t>((serial_consistency ? serial_flag : 0) | (timestamp ? timestamp_flag : 0)));
    if (serial_consistency)
        out.write_consistency(*serial_consistency);
    if (timestamp)
        out.write_long(*timestamp);
}

Batch Batch::decode(Reader& in)
{
    Batch batch;
    const auto type = in.read_byte();
    if (type > 2)
        in.fail("a BATCH of unknown type", type);
    batch.type = static_cast<BatchType>(type);
    batch.statements.resize(in.read_short_count(5));
    for (auto& statement : batch.statements)
        statement = BatchStatement::decode(in);
    batch.consistency = in.read_consistency();
    const auto flags = in.read_byte();
    if ((flags & ~(serial_flag | timestamp_flag)) != 0)
        in.fail("batch flags that v4 does not know", flags);
    if ((flags & serial_flag) != 0)
        batch.serial_consistency = in.read_consistency();
    if ((flags & timestamp_flag) != 0)
        batch.timestamp = in.read_long();
    return batch;
}

}
