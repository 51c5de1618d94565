// expect: coodie: this query needs ALLOW FILTERING
#include <documents.hpp>

auto wrong()
{
    return find<User>(col<&User::email> == "x", col<&User::age> == 3).count();
}
