// expect: coodie: a statement takes at most 16 conditions
#include <documents.hpp>

constexpr cql::Shape many()
{
    cql::Shape shape;
    for (int i = 0; i != 17; ++i)
        shape.conditions.push({4, Op::contains});
    return shape;
}
auto wrong()
{
    return detail::is_fine<User, many()>();
}
