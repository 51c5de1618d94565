// expect: coodie: this value does not become the type of the column's member
#include <documents.hpp>

auto wrong()
{
    return get<User>("not a uuid");
}
