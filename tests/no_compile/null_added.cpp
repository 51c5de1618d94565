// expect: coodie: null is nothing to add or to remove
#include <documents.hpp>

auto wrong(std::optional<std::int64_t> hits)
{
    return col<&Views::hits> += hits;
}
