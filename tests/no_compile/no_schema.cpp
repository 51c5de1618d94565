// expect: coodie: this type has no Schema
#include <documents.hpp>

struct Plain
{
    int id = 0;
};
auto wrong()
{
    return find<Plain>().all();
}
