// expect: coodie: a member has no CQL type; use a type that has one, or specialise coodie::Codec for it
#include <documents.hpp>

struct Odd
{
    int id = 0;
    void* pointer = nullptr;
    using Schema = Table<"odd", Field<&Odd::id, PrimaryKey{}>, Field<&Odd::pointer>>;
};
void wrong()
{
    sync_table<Odd>();
}
