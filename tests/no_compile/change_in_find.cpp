// expect: coodie: find takes conditions: `==` compares, `=` sets
#include <documents.hpp>

auto wrong()
{
    return find<User>(col<&User::email> = "x").all();
}
