// expect: coodie: a document owns what it reads; make this member a std::string, a coodie::Blob
#include <documents.hpp>

struct Note
{
    int id = 0;
    std::map<int, std::optional<std::string_view>> lines = {};

    using Schema = Table<"notes", Field<&Note::id, PrimaryKey{}>, Field<&Note::lines>>;
};
void wrong()
{
    sync_table<Note>();
}
