// expect: coodie: a value of floating type or bool does not become the integer of the column; convert it
#include <documents.hpp>

auto wrong()
{
    return col<&Views::hits> += 2.9;
}
