#pragma once

#include <coodie/mapping/col.hpp>
#include <coodie/mapping/decode.hpp>

namespace coodie::detail {

[[noreturn]] COODIE_API void refuse_none(std::string_view document);
[[noreturn]] COODIE_API void refuse_several(std::string_view document);

/// The document of an answer of at most one row. Errors: MultipleDocumentsFound.
template <class T> std::optional<T> only_one(const Rows& rows)
{
    if (rows.size() > 1)
        refuse_several(class_name<T>());
    std::vector<T> documents;
    read_rows<RowReader<T>>(rows, documents);
    return documents.empty() ? std::nullopt : std::optional<T>{std::move(documents.front())};
}
/// Errors: DocumentNotFound.
template <class T> T must_exist(std::optional<T> document)
{
    if (!document)
        refuse_none(class_name<T>());
    return std::move(*document);
}

/// Puts what an assignment wrote into the member; other changes depend on what stood in the table.
template <class T, auto M, cql::Changing C> void assign(T& document, const Change<M, C>& change)
{
    if constexpr (C == cql::Changing::assign && std::is_base_of_v<ClassOf<M>, T>)
        load_cell(change.value.at(0), document.*M);
}

}
