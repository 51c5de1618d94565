#include <protocol/result.hpp>

namespace coodie::protocol {
namespace {

constexpr std::int32_t void_kind = 1;
constexpr std::int32_t set_keyspace_kind = 3;
constexpr std::int32_t schema_change_kind = 5;

std::int32_t kind_of(const VoidResult&)
{
    return void_kind;
}
std::int32_t kind_of(const SetKeyspaceResult&)
{
    return set_keyspace_kind;
}
std::int32_t kind_of(const SchemaChange&)
{
    return schema_change_kind;
}
template <class Body> std::int32_t kind_of(const Body&)
{
    return Body::kind;
}

std::size_t size_of(const VoidResult&)
{
    return 0;
}
std::size_t size_of(const SetKeyspaceResult& result)
{
    return string_size(result.keyspace);
}
std::size_t size_of(const SchemaChange& change)
{
    return encoded_size(change);
}
template <class Body> std::size_t size_of(const Body& result)
{
    return result.encoded_size();
}

void store(Writer&, const VoidResult&) {}
void store(Writer& out, const SetKeyspaceResult& result)
{
    out.write_string(result.keyspace);
}
void store(Writer& out, const SchemaChange& change)
{
    encode(out, change);
}
template <class Body> void store(Writer& out, const Body& result)
{
    result.encode(out);
}

}

std::size_t ResultResponse::encoded_size() const
{
    return 4 + std::visit([](const auto& result) { return size_of(result); }, body);
}

void ResultResponse::encode(Writer& out) const
{
    std::visit(
        [&out](const auto& result) {
            out.write_int(kind_of(result));
            store(out, result);
        },
        body);
}

ResultResponse ResultResponse::decode(Reader& in, const ResultContext& context)
{
    const auto kind = read_result_kind(in);
    switch (kind) {
    case void_kind: return {VoidResult{}};
    case RowsResult::kind: return {RowsResult::decode(in, context.cached, context.with_metadata_id, context.known)};
    case set_keyspace_kind: return {SetKeyspaceResult{in.read_string()}};
    case PreparedResult::kind: return {PreparedResult::decode(in, context.with_metadata_id)};
    case schema_change_kind: return {decode_schema_change(in)};
    }
    in.fail("a result of unknown kind", kind);
    return {};
}

}
