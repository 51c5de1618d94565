// expect: coodie: a table needs a partition key; give at least one Field a PrimaryKey{}
#include <documents.hpp>

struct Keyless
{
    int id = 0;
    using Schema = Table<"keyless", Field<&Keyless::id>>;
};
void wrong(const Keyless& keyless)
{
    save(keyless);
}
