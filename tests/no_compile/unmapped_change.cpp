// expect: coodie: this member is no column of this document
#include <documents.hpp>

void wrong(User& user)
{
    update(user, col<&User::not_mapped> = 3);
}
