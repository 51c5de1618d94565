// expect: coodie: a value of floating type or bool does not become the integer of the column; convert it
#include <documents.hpp>

auto wrong()
{
    return find<User>(col<&User::age> == 3.7).allow_filtering().all();
}
