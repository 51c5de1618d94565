// expect: coodie: += and -= are for collections and counters, [key] = for lists and maps
#include <documents.hpp>

void wrong(User& user)
{
    update(user, col<&User::age> += 1);
}
