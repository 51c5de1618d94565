#pragma once

#include "../../meter/window.hpp"
#include "../../wire.hpp"

#include <coodie/session.hpp>
#include <cstdint>

namespace bench {

inline coodie::Uuid uuid(std::uint64_t high)
{
    coodie::Uuid id;
    store(id.bytes.data(), high);
    store(id.bytes.data() + 8, id_low);
    return id;
}

inline std::uint64_t id_high(const coodie::Uuid& id)
{
    return load<std::uint64_t>(id.bytes.data());
}

/// The benchmark's statements, as a session prepared them.
class Statements
{
public:
    explicit Statements(coodie::Session& session);
    coodie::Statement bind(Kind kind, std::uint64_t number) const;

private:
    coodie::PreparedStatement insert_;
    coodie::PreparedStatement select_;
    coodie::PreparedStatement page_;
};

/// Reads every value of every row; texts are looked at where they lie.
void fold_rows(const coodie::Rows& rows, Fold& fold);

}
