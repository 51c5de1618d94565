#pragma once

#include <coodie/testing/answer.hpp>

namespace coodie::testing {

/// A statement that a FakeCluster answers: what QUERY, EXECUTE and PREPARE of exactly this text get.
///     primed("SELECT name FROM ks.users WHERE id = ?").binding({column("id", "uuid")}).keyed_by({0}).answered(...)
struct Primed
{
    std::string cql;
    Answer answer = void_answer(); ///< its rows come in the pages that the client asks for
    std::vector<ColumnSpec> bind_columns = {};
    std::vector<std::uint16_t> partition_key = {}; ///< indexes of bind columns
    bool lightweight_transaction = false;          ///< marked for Scylla's clients

    Primed& binding(std::vector<ColumnSpec> columns)
    {
        bind_columns = std::move(columns);
        return *this;
    }
    Primed& keyed_by(std::vector<std::uint16_t> indexes)
    {
        partition_key = std::move(indexes);
        return *this;
    }
    Primed& answered(Answer with)
    {
        answer = std::move(with);
        return *this;
    }
    Primed& marked_lightweight()
    {
        lightweight_transaction = true;
        return *this;
    }
};
inline Primed primed(std::string cql)
{
    Primed made;
    made.cql = std::move(cql);
    return made;
}

}
