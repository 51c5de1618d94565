#include <algorithm>
#include <array>
#include <protocol/error_response.hpp>

namespace coodie::protocol {
namespace {

constexpr std::int32_t code_base = 0x10000;

constexpr std::int32_t code_of(errc error)
{
    return static_cast<std::int32_t>(error) - code_base;
}

bool data_flag(Reader& in)
{
    return in.read_byte() != 0;
}

// The fields of each code: how they are read, how long they are, how they are written.

UnavailableFields read_unavailable(Reader& in)
{
    UnavailableFields fields;
    fields.consistency = in.read_consistency();
    fields.required = in.read_int();
    fields.alive = in.read_int();
    return fields;
}

/// <consistency: short> <received: int> <block for: int>, with which five codes begin
template <class Fields> Fields read_acknowledgements(Reader& in)
{
    Fields fields;
    fields.consistency = in.read_consistency();
    fields.received = in.read_int();
    fields.block_for = in.read_int();
    return fields;
}

WriteTimeoutFields read_write_timeout(Reader& in)
{
    auto fields = read_acknowledgements<WriteTimeoutFields>(in);
    fields.write_type = in.read_string();
    return fields;
}

ReadTimeoutFields read_read_timeout(Reader& in)
{
    auto fields = read_acknowledgements<ReadTimeoutFields>(in);
    fields.data_present = data_flag(in);
    return fields;
}

ReadFailureFields read_read_failure(Reader& in)
{
    auto fields = read_acknowledgements<ReadFailureFields>(in);
    fields.failures = in.read_int();
    fields.data_present = data_flag(in);
    return fields;
}

WriteFailureFields read_write_failure(Reader& in)
{
    auto fields = read_acknowledgements<WriteFailureFields>(in);
    fields.failures = in.read_int();
    fields.write_type = in.read_string();
    return fields;
}

FunctionFailureFields read_function_failure(Reader& in)
{
    FunctionFailureFields fields;
    fields.keyspace = in.read_string();
    fields.function = in.read_string();
    const auto types = in.read_string_list();
    fields.argument_types.assign(types.begin(), types.end());
    return fields;
}

AlreadyExistsFields read_already_exists(Reader& in)
{
    AlreadyExistsFields fields;
    fields.keyspace = in.read_string();
    fields.table = in.read_string();
    return fields;
}

UnpreparedFields read_unprepared(Reader& in)
{
    const auto id = in.read_short_bytes();
    return {.id = {id.begin(), id.end()}};
}

RateLimitFields read_rate_limit(Reader& in)
{
    RateLimitFields fields;
    fields.operation = in.read_byte();
    fields.rejected_by_coordinator = data_flag(in);
    return fields;
}

ServerFields read_fields(Reader& in, std::int32_t error, std::optional<std::int32_t> rate_limit_code)
{
    switch (error) {
    case code_of(errc::unavailable): return read_unavailable(in);
    case code_of(errc::write_timeout): return read_write_timeout(in);
    case code_of(errc::read_timeout): return read_read_timeout(in);
    case code_of(errc::read_failure): return read_read_failure(in);
    case code_of(errc::write_failure): return read_write_failure(in);
    case code_of(errc::function_failure): return read_function_failure(in);
    case code_of(errc::already_exists): return read_already_exists(in);
    case code_of(errc::unprepared): return read_unprepared(in);
    case code_of(errc::cas_write_unknown): return read_acknowledgements<CasWriteUnknownFields>(in);
    }
    if (error == rate_limit_code)
        return read_rate_limit(in);
    return {};
}

struct FieldsSize
{
    static constexpr std::size_t acknowledgements = 2 + 4 + 4;

    std::size_t operator()(const std::monostate&) const { return 0; }
    std::size_t operator()(const UnavailableFields&) const { return 2 + 4 + 4; }
    std::size_t operator()(const WriteTimeoutFields& f) const { return acknowledgements + string_size(f.write_type); }
    std::size_t operator()(const ReadTimeoutFields&) const { return acknowledgements + 1; }
    std::size_t operator()(const ReadFailureFields&) const { return acknowledgements + 4 + 1; }
    std::size_t operator()(const WriteFailureFields& f) const
    {
        return acknowledgements + 4 + string_size(f.write_type);
    }
    std::size_t operator()(const FunctionFailureFields& f) const
    {
        auto size = string_size(f.keyspace) + string_size(f.function) + 2;
        for (const auto& type : f.argument_types)
            size += string_size(type);
        return size;
    }
    std::size_t operator()(const AlreadyExistsFields& f) const
    {
        return string_size(f.keyspace) + string_size(f.table);
    }
    std::size_t operator()(const UnpreparedFields& f) const { return short_bytes_size(f.id); }
    std::size_t operator()(const CasWriteUnknownFields&) const { return acknowledgements; }
    std::size_t operator()(const RateLimitFields&) const { return 2; }
};

struct FieldsWriter
{
    Writer& out;

    template <class Fields> void acknowledgements(const Fields& fields) const
    {
        out.write_consistency(fields.consistency);
        out.write_int(fields.received);
        out.write_int(fields.block_for);
    }
    void operator()(const std::monostate&) const {}
    void operator()(const UnavailableFields& fields) const
    {
        out.write_consistency(fields.consistency);
        out.write_int(fields.required);
        out.write_int(fields.alive);
    }
    void operator()(const WriteTimeoutFields& fields) const
    {
        acknowledgements(fields);
        out.write_string(fields.write_type);
    }
    void operator()(const ReadTimeoutFields& fields) const
    {
        acknowledgements(fields);
        out.write_byte(fields.data_present ? 1 : 0);
    }
    void operator()(const ReadFailureFields& fields) const
    {
        acknowledgements(fields);
        out.write_int(fields.failures);
        out.write_byte(fields.data_present ? 1 : 0);
    }
    void operator()(const WriteFailureFields& fields) const
    {
        acknowledgements(fields);
        out.write_int(fields.failures);
        out.write_string(fields.write_type);
    }
    void operator()(const FunctionFailureFields& fields) const
    {
        out.write_string(fields.keyspace);
        out.write_string(fields.function);
        out.write_short(fields.argument_types.size());
        for (const auto& type : fields.argument_types)
            out.write_string(type);
    }
    void operator()(const AlreadyExistsFields& fields) const
    {
        out.write_string(fields.keyspace);
        out.write_string(fields.table);
    }
    void operator()(const UnpreparedFields& fields) const { out.write_short_bytes(fields.id); }
    void operator()(const CasWriteUnknownFields& fields) const { acknowledgements(fields); }
    void operator()(const RateLimitFields& fields) const
    {
        out.write_byte(fields.operation);
        out.write_byte(fields.rejected_by_coordinator ? 1 : 0);
    }
};

}

bool is_cql_error(std::int32_t code) noexcept
{
    static constexpr std::array codes{
        errc::server_error,      errc::protocol_error,    errc::bad_credentials,  errc::unavailable,
        errc::server_overloaded, errc::is_bootstrapping,  errc::truncate_error,   errc::write_timeout,
        errc::read_timeout,      errc::read_failure,      errc::function_failure, errc::write_failure,
        errc::cdc_write_failure, errc::cas_write_unknown, errc::syntax_error,     errc::unauthorized,
        errc::invalid_request,   errc::config_error,      errc::already_exists,   errc::unprepared};
    return std::ranges::any_of(codes, [code](errc known) { return code_of(known) == code; });
}

std::size_t ErrorResponse::encoded_size() const noexcept
{
    return 4 + string_size(message) + std::visit(FieldsSize{}, fields);
}

void ErrorResponse::encode(Writer& out) const noexcept
{
    out.write_int(error);
    out.write_string(message);
    std::visit(FieldsWriter{out}, fields);
}

ErrorResponse ErrorResponse::decode(Reader& in, std::optional<std::int32_t> rate_limit_code)
{
    ErrorResponse response;
    response.error = in.read_int();
    response.message = in.read_string();
    if (in.failed() || response.error < 0 || response.error >= code_base)
        return response;
    // Fields that are cut short must not cost the error that they came with.
    Reader extras{in.rest()};
    auto fields = read_fields(extras, response.error, rate_limit_code);
    if (!extras.failed())
        response.fields = std::move(fields);
    return response;
}

Error ErrorResponse::as_error() const
{
    const auto in_range = error >= 0 && error < code_base;
    auto known = in_range ? static_cast<errc>(code_base + error) : errc::server_error;
    if (std::holds_alternative<RateLimitFields>(fields))
        known = errc::rate_limit;
    else if (known == errc::rate_limit)
        known = errc::server_error; // nobody agreed on this number
    return {known, std::string{message}, fields};
}

}
