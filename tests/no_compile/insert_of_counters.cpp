// expect: coodie: a counter table has no save and no insert
#include <documents.hpp>

auto wrong(const Views& views)
{
    return insert(views).applied();
}
