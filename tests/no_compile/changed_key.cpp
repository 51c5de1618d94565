// expect: coodie: a column of the primary key cannot change; erase the document and save a new one
#include <documents.hpp>

void wrong(User& user)
{
    update(user, col<&User::id> = Uuid{});
}
