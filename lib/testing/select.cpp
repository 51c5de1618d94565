#include <algorithm>
#include <cctype>
#include <lib/testing/select.hpp>

namespace coodie::testing {
namespace {

bool is_word(char c)
{
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-' || c == '+';
}

struct Token
{
    enum class Kind
    {
        end,
        word,
        quoted, ///< "name"
        text,   ///< 'text'
        sign,
    };
    Kind kind = Kind::end;
    std::string text = {};
};

/// Reads CQL word by word.
class Tokens
{
public:
    explicit Tokens(std::string_view cql) : rest_{cql} { advance(); }

    const Token& current() const { return current_; }
    Token take()
    {
        auto taken = std::move(current_);
        advance();
        return taken;
    }
    bool is(std::string_view word) const
    {
        const auto kind = current_.kind;
        return (kind == Token::Kind::word || kind == Token::Kind::sign) && lower(current_.text) == word;
    }
    bool take_if(std::string_view word)
    {
        if (!is(word))
            return false;
        advance();
        return true;
    }
    /// A name: folded to lower case unless it was quoted.
    std::string name()
    {
        auto token = take();
        return token.kind == Token::Kind::word ? lower(token.text) : token.text;
    }
    bool at_end() const { return current_.kind == Token::Kind::end; }

private:
    static std::string lower(std::string text)
    {
        for (auto& c : text)
            c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        return text;
    }
    void advance()
    {
        while (!rest_.empty() && (std::isspace(static_cast<unsigned char>(rest_.front())) != 0 || rest_ == ";"))
            rest_.remove_prefix(1);
        current_ = {};
        if (rest_.empty())
            return;
        if (rest_.front() == '\'' || rest_.front() == '"')
            read_quoted(rest_.front());
        else
            read_plain();
    }
    void read_quoted(char quote)
    {
        current_.kind = quote == '"' ? Token::Kind::quoted : Token::Kind::text;
        std::size_t i = 1;
        for (; i < rest_.size() && (rest_[i] != quote || rest_.substr(i + 1, 1).starts_with(quote)); ++i) {
            i += rest_[i] == quote;
            current_.text += rest_[i];
        }
        rest_.remove_prefix(std::min(rest_.size(), i + 1));
    }
    void read_plain()
    {
        std::size_t size = 0;
        while (size != rest_.size() && is_word(rest_[size]))
            ++size;
        current_.kind = size == 0 ? Token::Kind::sign : Token::Kind::word;
        current_.text = rest_.substr(0, std::max<std::size_t>(size, 1));
        rest_.remove_prefix(current_.text.size());
    }

    std::string_view rest_;
    Token current_;
};

void read_columns(Tokens& in, Select& select)
{
    if (in.take_if("*"))
        return;
    do {
        const auto name = in.name();
        if (name == "count" && in.take_if("(")) {
            in.take();
            select.counts = true;
            in.take_if(")");
        } else
            select.columns.push_back(name);
        if (in.take_if("as"))
            in.take();
    } while (in.take_if(","));
}

void read_table(Tokens& in, Select& select, std::string_view keyspace)
{
    select.keyspace = keyspace;
    select.table = in.name();
    if (in.take_if(".")) {
        select.keyspace = select.table;
        select.table = in.name();
    }
}

Term read_term(Tokens& in)
{
    if (in.take_if("?"))
        return {Term::Kind::marker};
    if (in.take_if(":"))
        return {Term::Kind::marker, in.name()};
    const auto token = in.take();
    return {token.kind == Token::Kind::text ? Term::Kind::text : Term::Kind::other, token.text};
}

void read_restrictions(Tokens& in, Select& select)
{
    do {
        Restriction restriction{in.name()};
        if (in.take_if("in")) {
            const bool listed = in.take_if("(");
            do
                restriction.terms.push_back(read_term(in));
            while (listed && in.take_if(","));
            in.take_if(")");
            restriction.whole_list = !listed;
        } else if (in.take_if("="))
            restriction.terms.push_back(read_term(in));
        else
            select.problem = "only = and IN restrict system tables here";
        select.restrictions.push_back(std::move(restriction));
    } while (in.take_if("and"));
}

}

std::optional<Select> parse_select(std::string_view cql, std::string_view keyspace)
{
    Tokens in{cql};
    if (!in.take_if("select"))
        return {};
    Select select;
    in.take_if("distinct");
    read_columns(in, select);
    if (!in.take_if("from"))
        return {};
    read_table(in, select, keyspace);
    if (in.take_if("where"))
        read_restrictions(in, select);
    return select;
}

std::optional<std::string> parse_use(std::string_view cql)
{
    Tokens in{cql};
    if (!in.take_if("use") || in.at_end())
        return {};
    auto keyspace = in.name();
    return in.at_end() ? std::optional{std::move(keyspace)} : std::nullopt;
}

}
