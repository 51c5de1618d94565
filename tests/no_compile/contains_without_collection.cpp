// expect: coodie: contains needs a list, set or map column, contains_key a map column
#include <documents.hpp>

auto wrong()
{
    return detail::is_fine<User,
                           cql::Shape{.allow_filtering = true, .conditions = {{cql::Condition{1, Op::contains}}, 1}}>();
}
