// expect: coodie: VectorIndex{} is for vector columns (std::array<float, N>)
#include <documents.hpp>

struct Flat
{
    int id = 0;
    int near = 0;
    using Schema = Table<"flat", Field<&Flat::id, PrimaryKey{}>, Field<&Flat::near, VectorIndex{}>>;
};
void wrong()
{
    sync_table<Flat>();
}
