// expect: coodie: Static{} needs a table with a ClusteringKey{}
#include <documents.hpp>

struct Still
{
    int id = 0;
    int one = 0;
    using Schema = Table<"still", Field<&Still::id, PrimaryKey{}>, Field<&Still::one, Static{}>>;
};
void wrong()
{
    sync_table<Still>();
}
