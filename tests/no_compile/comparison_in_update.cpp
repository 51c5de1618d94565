// expect: coodie: update takes changes: `=` sets, `==` compares
#include <documents.hpp>

void wrong(User& user)
{
    update(user, col<&User::age> == 3);
}
