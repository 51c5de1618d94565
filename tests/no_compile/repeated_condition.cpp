// expect: coodie: a column has at most one condition, or one lower and one upper bound
#include <documents.hpp>

auto wrong()
{
    return find<User>(col<&User::age> > 3, col<&User::age> > 4).allow_filtering().all();
}
