// expect: coodie: a statement assigns a column once
#include <documents.hpp>

void wrong(User& user, const std::vector<std::string>& tags)
{
    update(user, col<&User::tags> = tags, col<&User::tags> += tags);
}
