// expect: coodie: get takes a value for each column of the primary key, in its order, or conditions
#include <documents.hpp>

auto wrong()
{
    return get<Event>("monday");
}
