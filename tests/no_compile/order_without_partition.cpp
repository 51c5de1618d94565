// expect: coodie: order_by needs conditions on the whole partition key
#include <documents.hpp>

auto wrong()
{
    return find<Event>().order_by(desc<&Event::at>).all();
}
