// expect: coodie: a collection takes contains and contains_key only, unless it is Frozen{}: no ==, <, in on it
#include <documents.hpp>

auto wrong(const std::vector<std::string>& tags)
{
    return find<User>(col<&User::tags> == tags).allow_filtering().all();
}
