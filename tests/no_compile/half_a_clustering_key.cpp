// expect: coodie: this query needs ALLOW FILTERING
#include <documents.hpp>

auto wrong()
{
    return find<Event>(col<&Event::day> == "d", col<&Event::seq> == 3).first();
}
