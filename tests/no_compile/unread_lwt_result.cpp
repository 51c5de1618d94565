// expect: whether the statement was applied is known from its LwtResult only
#include <documents.hpp>

void wrong(const User& user)
{
    insert(user);
}
