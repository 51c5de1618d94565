// expect: coodie: a counter is not assigned; use += or -=
#include <documents.hpp>

void wrong(const Views& views)
{
    update(views, col<&Views::hits> = 1);
}
