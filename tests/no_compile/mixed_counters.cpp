// expect: coodie: a counter table holds keys and counters only
#include <documents.hpp>

struct Mixed
{
    int id = 0;
    std::int64_t hits = 0;
    std::string name = {};
    using Schema = Table<"mixed", Field<&Mixed::id, PrimaryKey{}>, Field<&Mixed::hits, Counter{}>, Field<&Mixed::name>>;
};
void wrong()
{
    sync_table<Mixed>();
}
