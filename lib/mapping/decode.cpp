#include <atomic>
#include <coodie/mapping/decode.hpp>

namespace coodie::detail {

namespace {

std::string of_document(std::string_view column, const ReaderTable& readers)
{
    return "column '" + std::string{column} + "' of " + std::string{readers.document};
}

void check_type(const MemberReader& member, const ColumnSpec& column, const ReaderTable& readers)
{
    if (member.accepts(column.type))
        return;
    Error{errc::bad_value, of_document(member.column, readers) + ": the server has " + column.type.to_string() + ", " +
                               std::string{member.cpp_type} + " is " + member.wanted().to_string() +
                               "; change the member or the column"}
        .raise();
}

std::shared_ptr<const ResultMetadata::Plan> make_plan(const ResultMetadata& metadata, const ReaderTable& readers)
{
    auto plan = std::make_shared<ResultMetadata::Plan>();
    plan->document = &readers;
    for (const auto& member : readers.members) {
        const auto column = metadata.index_of(member.column);
        if (column == metadata.columns.size())
            Error{errc::bad_value, of_document(member.column, readers) +
                                       ": the result has no such column; sync the table, or take the Field out"}
                .raise();
        check_type(member, metadata.columns[column], readers);
        plan->column_of_member.push_back(static_cast<std::uint16_t>(column));
    }
    return plan;
}

}

RowCells::RowCells(const Rows& rows) : next_{rows.content().data()}, columns_{rows.metadata().columns.size()}
{
    if (columns_ > inline_columns)
        many_ = new Cell[columns_];
}

RowCells::RowCells(RowCells&& other) noexcept
    : next_{other.next_}, columns_{other.columns_}, many_{std::exchange(other.many_, nullptr)}
{
}

RowCells& RowCells::operator=(RowCells&& other) noexcept
{
    next_ = other.next_;
    columns_ = other.columns_;
    std::swap(many_, other.many_);
    return *this;
}

RowCells::~RowCells()
{
    delete[] many_;
}

std::shared_ptr<const ResultMetadata::Plan> plan_for(const ResultMetadata& metadata, const ReaderTable& readers)
{
    auto plan = std::atomic_load_explicit(&metadata.plan, std::memory_order_acquire);
    if (plan && plan->document == &readers)
        return plan;
    plan = make_plan(metadata, readers);
    std::atomic_store_explicit(&metadata.plan, plan, std::memory_order_release);
    return plan;
}

void refuse_cell(const ReaderTable& readers, std::size_t member, Cell cell)
{
    const auto& reader = readers.members[member];
    auto sentence = of_document(reader.column, readers);
    if (cell.is_null())
        sentence += " is null, which " + std::string{reader.cpp_type} + " cannot hold; make the member a std::optional";
    else
        sentence += ": " + std::to_string(cell.size) + " bytes are no " + reader.wanted().to_string() + " that " +
                    std::string{reader.cpp_type} + " holds";
    Error{errc::bad_value, std::move(sentence)}.raise();
}

}
