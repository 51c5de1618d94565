// expect: coodie: this query needs ALLOW FILTERING; filter by the whole partition key or an Indexed column, or add
// .allow_filtering()
#include <documents.hpp>

auto wrong()
{
    return find<User>(col<&User::age> > 30).all();
}
