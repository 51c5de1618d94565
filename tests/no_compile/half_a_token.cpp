// expect: coodie: token(...) takes all columns of the partition key, in their order
#include <documents.hpp>

auto wrong()
{
    return find<Event>(token(col<&Event::at>) > 0).all();
}
