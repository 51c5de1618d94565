// expect: coodie: this column's member cannot hold null; make it a std::optional
#include <documents.hpp>

void wrong(User& user)
{
    update(user, col<&User::age> = std::nullopt);
}
