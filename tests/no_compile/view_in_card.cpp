// expect: coodie: select_as<Card> fills what owns its memory; make this member a std::string, a coodie::Blob
#include <documents.hpp>

struct Card
{
    Uuid id = {};
    std::string_view name = {};
    using Of = User;
};
auto wrong()
{
    return find<User>().select_as<Card>().all();
}
