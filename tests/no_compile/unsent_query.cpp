// expect: nothing is sent before .all(), .first(), .count()
#include <documents.hpp>

void wrong()
{
    find<User>().limit(3);
}
