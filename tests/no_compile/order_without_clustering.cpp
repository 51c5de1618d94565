// expect: coodie: order_by takes clustering columns only, in the order of the primary key
#include <documents.hpp>

auto wrong()
{
    return find<Event>(col<&Event::day> == "d").order_by(asc<&Event::name>).all();
}
