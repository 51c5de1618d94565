#include "statements.hpp"

namespace bench {
namespace {

std::string_view text(const coodie::Row& row, std::size_t column)
{
    return row[column].as<std::string_view>();
}

}

Statements::Statements(coodie::Session& session)
    : insert_(session.prepare(std::string(insert_text))), select_(session.prepare(std::string(select_text))),
      page_(session.prepare(std::string(page_text)))
{
}

coodie::Statement Statements::bind(Kind kind, std::uint64_t number) const
{
    const auto u = user(number);
    switch (kind) {
    case Kind::insert: return insert_.bind(uuid(u.id_high), u.name, u.email, u.age, u.score);
    case Kind::select: return select_.bind(uuid(u.id_high));
    case Kind::page: return page_.bind();
    }
    return {};
}

void fold_rows(const coodie::Rows& rows, Fold& fold)
{
    for (const auto& row : rows) {
        const auto id = row[0].as<coodie::Uuid>();
        fold.add(id_high(id), text(row, 1), text(row, 2), row[3].as<std::int64_t>(), row[4].as<double>());
    }
}

}
