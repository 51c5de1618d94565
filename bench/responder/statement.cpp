#include "statement.hpp"

#include <algorithm>
#include <cctype>

namespace bench {
namespace {

bool in_word(char c)
{
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

std::string lower(std::string_view text)
{
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return out;
}

/// Words in lower case, names in quotes without them, every other sign by itself.
std::vector<std::string> tokens(std::string_view cql)
{
    std::vector<std::string> out;
    for (std::size_t at = 0; at < cql.size();) {
        auto end = at + 1;
        if (cql[at] == '"' || cql[at] == '\'') {
            end = std::min(cql.find(cql[at], at + 1), cql.size() - 1);
            out.emplace_back(cql.substr(at + 1, end - at - 1));
            ++end;
        } else if (in_word(cql[at])) {
            while (end < cql.size() && in_word(cql[end]))
                ++end;
            out.push_back(lower(cql.substr(at, end - at)));
        } else if (cql[at] != ' ' && cql[at] != '\n') {
            out.emplace_back(1, cql[at]);
        }
        at = end;
    }
    return out;
}

/// Walks over the tokens once, from left to right.
class Parser
{
public:
    explicit Parser(std::string_view cql) : tokens_(tokens(cql)) {}

    ParsedStatement parse()
    {
        const auto verb = next();
        if (verb == "select")
            select();
        else if (verb == "insert")
            insert();
        else if (verb == "use")
            use();
        while (at_ < tokens_.size())
            clause();
        return std::move(out_);
    }

private:
    std::string next() { return at_ < tokens_.size() ? tokens_[at_++] : std::string{}; }
    bool accept(std::string_view word)
    {
        const bool here = at_ < tokens_.size() && tokens_[at_] == word;
        at_ += here ? 1 : 0;
        return here;
    }

    void select()
    {
        out_.verb = Verb::select;
        if (!accept("*"))
            do
                out_.columns.push_back(next());
            while (accept(","));
        accept("from");
        table();
    }
    void insert()
    {
        out_.verb = Verb::insert;
        accept("into");
        table();
        accept("(");
        do
            out_.columns.push_back(next());
        while (accept(","));
        accept(")");
        accept("values");
        values();
    }
    void use()
    {
        out_.verb = Verb::use;
        out_.keyspace = next();
    }
    void table()
    {
        out_.table = next();
        if (!accept("."))
            return;
        out_.keyspace = std::move(out_.table);
        out_.table = next();
    }
    void values()
    {
        accept("(");
        for (const auto& column : out_.columns) {
            if (next() == "?")
                out_.markers.push_back(column);
            accept(",");
        }
    }
    /// One token after the table: remembers what a marker would stand for.
    void clause()
    {
        const auto token = next();
        if (token == "where")
            out_.restricted = true;
        else if (token == "limit" || token == "ttl" || token == "timestamp")
            subject_ = '[' + token + ']';
        else if (token == "?")
            out_.markers.push_back(subject_);
        else if (in_word(token[0]))
            subject_ = token;
    }

    std::vector<std::string> tokens_;
    std::size_t at_ = 0;
    std::string subject_;
    ParsedStatement out_;
};

}

ParsedStatement parse(std::string_view cql)
{
    return Parser(cql).parse();
}

TypeOption marker_type(const StoredTable& table, const std::string& marker)
{
    if (marker == "[limit]" || marker == "[ttl]")
        return type::int_;
    if (marker == "[timestamp]")
        return type::bigint;
    const auto position = table.position(marker);
    return position == table.columns.size() ? type::text : table.columns[position].type;
}

}
