// expect: coodie: select_as<Card> needs
#include <documents.hpp>

struct Card
{
    std::string name = {};
    using Of = Event;
};
auto wrong()
{
    return find<User>().select_as<Card>().all();
}
