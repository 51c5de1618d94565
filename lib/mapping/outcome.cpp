#include <coodie/mapping/outcome.hpp>

namespace coodie::detail {

void refuse_none(const TableSchema& table, AskedBy by)
{
    std::string sentence = "no " + std::string{table.document};
    if (by == AskedBy::conditions)
        sentence += " matches the conditions";
    for (std::string_view word = " with this "; const auto& column : table.columns)
        if (by == AskedBy::key && column.is_key()) {
            sentence.append(word).append("\"").append(column.name).append("\"");
            word = ", ";
        }
    Error{errc::document_not_found, sentence + "; find_one gives an empty optional instead"}.raise();
}

void refuse_empty_page(const Rows& rows)
{
    if (rows.empty() && rows.has_more_pages())
        Error{errc::protocol, "the server answered the read of one row with an empty page; find by the same columns "
                              "walks through pages"}
            .raise();
}

void refuse_several(std::string_view document)
{
    Error{errc::multiple_documents_found,
          "more than one " + std::string{document} + " found where one was asked for; find(...).all() gives them all"}
        .raise();
}

}
