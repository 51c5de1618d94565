#include <coodie/mapping/lwt_result.hpp>

namespace coodie {

bool LwtResult::applied() const
{
    if (rows_.empty() || rows_.metadata().index_of("[applied]") == rows_.metadata().columns.size())
        return true;
    return rows_.front()["[applied]"].as<bool>();
}

Row LwtResult::existing_row() const
{
    if (rows_.empty() || applied())
        Error{errc::invalid_query, "the statement was applied: nothing stands in its place"}.raise();
    return rows_.front();
}

}
