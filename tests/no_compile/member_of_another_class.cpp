// expect: coodie: this member is no column of this document
#include <documents.hpp>

// Both have a name.
auto wrong()
{
    return find<User>(col<&Event::name> == "x").allow_filtering().all();
}
