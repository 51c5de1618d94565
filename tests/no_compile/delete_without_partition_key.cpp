// expect: coodie: an update or a delete needs conditions with == or in on the whole partition key
#include <documents.hpp>

auto wrong()
{
    return detail::is_fine<User, cql::Shape{.verb = cql::Verb::erase}>();
}
