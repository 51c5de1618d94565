// expect: coodie: a value of floating type or bool does not become the integer of the column; convert it
#include <documents.hpp>

auto wrong()
{
    return in(col<&Event::seq>, std::vector<double>{3.7});
}
