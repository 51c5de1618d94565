#include <coodie/mapping/outcome.hpp>

namespace coodie::detail {

void refuse_none(std::string_view document)
{
    Error{errc::document_not_found, "no " + std::string{document} + " found"}.raise();
}

void refuse_several(std::string_view document)
{
    Error{errc::multiple_documents_found,
          "more than one " + std::string{document} + " found where one was asked for; find(...).all() gives them all"}
        .raise();
}

}
