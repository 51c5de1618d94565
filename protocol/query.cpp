#include <protocol/query.hpp>

namespace coodie::protocol {

Error Query::check(std::size_t size) const
{
    if (auto error = parameters.check())
        return error;
    return check_bytes("QUERY", size);
}

Query Query::decode(Reader& in)
{
    const auto cql = in.read_long_string();
    return {.cql = cql, .parameters = QueryParameters::decode(in)};
}

}
