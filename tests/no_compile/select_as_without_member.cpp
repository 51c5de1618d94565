// expect: coodie: this member is no column of this document
#include <documents.hpp>

struct Card
{
    std::string title = {};
    using Of = User;
};
auto wrong()
{
    return find<User>().select_as<Card>().all();
}
