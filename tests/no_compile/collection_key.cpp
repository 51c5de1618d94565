// expect: coodie: a collection in the primary key must be frozen; add Frozen{}
#include <documents.hpp>

struct Keyed
{
    std::vector<std::string> id = {};
    using Schema = Table<"keyed", Field<&Keyed::id, PrimaryKey{}>>;
};
void wrong()
{
    sync_table<Keyed>();
}
