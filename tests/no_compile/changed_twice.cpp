// expect: coodie: a statement assigns a column once
#include <documents.hpp>

void wrong(User& user)
{
    update(user, col<&User::age> = 1, col<&User::age> = 2);
}
