#pragma once

#include "catalog.hpp"
#include "statement.hpp"

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace bench {

/// A statement's answers, as whole frames for stream 0.
struct Answer
{
    std::string prepared;
    std::string with_metadata;
    std::string without_metadata;
};

/// Makes every answer once and keeps it.
class Answers
{
public:
    static constexpr std::size_t id_size = 16;

    explicit Answers(const Place& place = {});
    /// Lifetime: valid until the next call.
    const Answer& to(std::string_view cql);
    /// Null for an id that was never given out. The id's first four bytes are the answer's position.
    const Answer* prepared(std::size_t position) const;

    std::string ready;
    std::string supported;
    std::string void_result;
    std::string unknown_id;
    std::string unsupported_version;

private:
    Answer make(std::string_view cql, std::size_t position) const;

    Catalog catalog_;
    std::vector<Answer> answers_;
    std::unordered_map<std::string, std::size_t> positions_;
};

}
