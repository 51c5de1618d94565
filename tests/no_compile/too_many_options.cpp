// expect: coodie: a Table takes at most 32 parts that are no Fields
#include <documents.hpp>

struct Tuned
{
    int id = 0;
    using Schema = Table<"tuned", Field<&Tuned::id, PrimaryKey{}>, TextOption<"o0", "x">, TextOption<"o1", "x">,
                         TextOption<"o2", "x">, TextOption<"o3", "x">, TextOption<"o4", "x">, TextOption<"o5", "x">,
                         TextOption<"o6", "x">, TextOption<"o7", "x">, TextOption<"o8", "x">, TextOption<"o9", "x">,
                         TextOption<"o10", "x">, TextOption<"o11", "x">, TextOption<"o12", "x">, TextOption<"o13", "x">,
                         TextOption<"o14", "x">, TextOption<"o15", "x">, TextOption<"o16", "x">, TextOption<"o17", "x">,
                         TextOption<"o18", "x">, TextOption<"o19", "x">, TextOption<"o20", "x">, TextOption<"o21", "x">,
                         TextOption<"o22", "x">, TextOption<"o23", "x">, TextOption<"o24", "x">, TextOption<"o25", "x">,
                         TextOption<"o26", "x">, TextOption<"o27", "x">, TextOption<"o28", "x">, TextOption<"o29", "x">,
                         TextOption<"o30", "x">, TextOption<"o31", "x">, TextOption<"o32", "x">>;
};
void wrong()
{
    sync_table<Tuned>();
}
