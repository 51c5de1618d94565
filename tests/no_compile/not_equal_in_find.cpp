// expect: coodie: CQL has no != in a query, only in only_if; filter the rows you read
#include <documents.hpp>

auto wrong()
{
    return find<User>(col<&User::age> != 3).allow_filtering().all();
}
