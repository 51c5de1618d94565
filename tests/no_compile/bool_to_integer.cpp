// expect: coodie: a value of floating type or bool does not become the integer of the column
#include <documents.hpp>

void wrong(User& user)
{
    update(user, col<&User::age> = true);
}
