// expect: coodie: an update needs at least one change
#include <documents.hpp>

void wrong(User& user)
{
    update(user);
}
