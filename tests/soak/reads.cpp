#include "reads.hpp"

#include <coodie/testing/rows.hpp>

namespace soak {

using namespace coodie::testing;

Primed Reads::statement()
{
    return primed(text)
        .binding({column("id", "bigint", "soak", "rows")})
        .keyed_by({0})
        .answered(no_rows<std::int64_t>({"id"}));
}

Answer Reads::answer(const RecordedRequest& request)
{
    return rows({"id"}, row(bigint_at(request, 0)));
}

}
