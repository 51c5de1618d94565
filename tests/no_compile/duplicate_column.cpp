// expect: coodie: two Fields have the same column name
#include <documents.hpp>

struct Twice
{
    int id = 0;
    int other = 0;
    using Schema = Table<"twice", Field<&Twice::id, PrimaryKey{}>, Field<&Twice::other, Named{"id"}>>;
};
void wrong(const Twice& twice)
{
    save(twice);
}
