// expect: coodie: order_by follows the clustering order of the table, or all of it reversed
#include <documents.hpp>

auto wrong()
{
    return find<Event>(col<&Event::day> == "d").order_by(desc<&Event::at>, desc<&Event::seq>).all();
}
