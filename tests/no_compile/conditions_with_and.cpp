// expect: coodie: conditions are separated by commas: find<T>(a == x, b == y)
#include <documents.hpp>

void wrong()
{
    col<&User::email> == "x" && col<&User::age> == 3;
}
