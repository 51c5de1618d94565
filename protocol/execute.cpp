#include <protocol/execute.hpp>

namespace coodie::protocol {

Error Execute::check(std::size_t size) const
{
    if (id.empty())
        return {errc::invalid_query, "EXECUTE needs the id of a prepared statement"};
    if (auto error = check_short_bytes("the id of a prepared statement", id))
        return error;
    if (result_metadata_id)
        if (auto error = check_short_bytes("the id of a result's metadata", *result_metadata_id))
            return error;
    if (auto error = parameters.check())
        return error;
    return check_bytes("EXECUTE", size);
}

Execute Execute::decode(Reader& in, bool with_metadata_id)
{
    Execute execute;
    execute.id = in.read_short_bytes();
    if (with_metadata_id)
        execute.result_metadata_id = in.read_short_bytes();
    execute.parameters = QueryParameters::decode(in);
    return execute;
}

}
