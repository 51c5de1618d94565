#include "lib/session/prepared.hpp"

#include <coodie/session.hpp>

namespace coodie {

Statement PreparedStatement::unbound() const
{
    return prepared_ ? detail::StatementAccess::of(prepared_) : Statement{};
}

std::string_view PreparedStatement::text() const noexcept
{
    return prepared_ ? std::string_view{prepared_->text} : std::string_view{};
}

const std::vector<ColumnSpec>& PreparedStatement::bind_columns() const noexcept
{
    static const std::vector<ColumnSpec> none;
    return prepared_ ? prepared_->bind_columns : none;
}

const ResultMetadata& PreparedStatement::result_metadata() const noexcept
{
    static const ResultMetadata none;
    return prepared_ && prepared_->result ? *prepared_->result : none;
}

}
