#pragma once

#include <coodie/mapping/render.hpp>
#include <coodie/mapping/schema.hpp>
#include <coodie/mapping/statement_rules.hpp>
#include <coodie/statement.hpp>

namespace coodie::detail {

template <class T, cql::Shape S> inline constexpr cql::Rule statement_rule = cql::broken_rule(table<T>, S);

/// Stops the compiler with the sentence of the rule that the statement breaks. False: there was an error.
template <class T, cql::Shape S> consteval bool is_fine()
{
    if constexpr (is_document<T>()) {
        cql::require_fine<statement_rule<T, S>>();
        return statement_rule<T, S> == cql::Rule::fine;
    } else
        return false;
}

template <class T, cql::Shape S> consteval std::size_t text_size()
{
    cql::Sink counted;
    cql::render(counted, table<T>, S);
    return counted.size();
}
template <class T, cql::Shape S> consteval auto make_text()
{
    std::array<char, text_size<T, S>() + 1> text{};
    cql::Sink out{text.data()};
    cql::render(out, table<T>, S);
    return text;
}
/// A statement's text, once in the program; its address is its key in the cache of prepared statements.
template <class T, cql::Shape S> inline constexpr auto text = make_text<T, S>();

template <class T>
inline constexpr auto document_name = [] {
    constexpr auto spelled = class_name<T>();
    std::array<char, spelled.size() + 1> name{};
    spelled.copy(name.data(), spelled.size());
    return name;
}();

/// A statement of this text, to be prepared.
COODIE_API Statement prepared(Statement::Constant text, bool idempotent);

}
