// expect: coodie: this member is no column of this document; add Field<&T::member> to its Schema
#include <documents.hpp>

auto wrong()
{
    return find<User>(col<&User::not_mapped> == 3).allow_filtering().all();
}
