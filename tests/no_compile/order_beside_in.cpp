// expect: coodie: order_by beside in(...) on the partition key cannot be paged; add a limit of at most one page
#include <documents.hpp>

auto wrong()
{
    return find<Event>(in(col<&Event::day>, {"monday", "tuesday"})).order_by(desc<&Event::at>).all();
}
