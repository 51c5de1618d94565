// expect: coodie: a counter table has no save and no insert; update(doc, col<&T::hits> += 1)
#include <documents.hpp>

void wrong(const Views& views)
{
    save(views);
}
