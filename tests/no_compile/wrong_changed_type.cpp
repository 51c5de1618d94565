// expect: coodie: this value does not become the type of the column's member
#include <documents.hpp>

void wrong(User& user)
{
    update(user, col<&User::name> = 3);
}
