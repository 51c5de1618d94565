#pragma once

#include <coodie/mapping/col.hpp>
#include <coodie/mapping/decode.hpp>

namespace coodie::detail {

/// What a document was asked for by.
enum class AskedBy : std::uint8_t
{
    key,
    conditions,
};
[[noreturn]] COODIE_API void refuse_none(const TableSchema& table, AskedBy by);
[[noreturn]] COODIE_API void refuse_several(std::string_view document);

/// The only one of at most one document. Errors: MultipleDocumentsFound.
template <class T> std::optional<T> only_one(std::vector<T>& documents)
{
    if (documents.size() > 1)
        refuse_several(class_name<T>());
    return first_of(documents);
}
/// Errors: DocumentNotFound, MultipleDocumentsFound.
template <class T> T must_exist(std::vector<T>& documents, AskedBy by)
{
    auto document = only_one(documents);
    if (!document)
        refuse_none(table<T>, by);
    return std::move(*document);
}
/// The same for the answer to a whole key: one row, which no server spreads over pages. Errors: ProtocolError if one
/// did.
COODIE_API void refuse_empty_page(const Rows& rows);
template <class T> T must_exist(const Rows& rows)
{
    refuse_empty_page(rows);
    std::vector<T> documents;
    read_rows<RowReader<T>>(rows, documents);
    return must_exist(documents, AskedBy::key);
}

/// Puts what an assignment wrote into the member; other changes depend on what stood in the table.
template <class T, auto M, cql::Changing C> void assign(T& document, const Change<M, C>& change)
{
    if constexpr (C == cql::Changing::assign && std::is_base_of_v<ClassOf<M>, T>)
        if (const auto cell = change.value.at(0); !is_unset(cell))
            load_cell(cell, document.*M);
}

}
