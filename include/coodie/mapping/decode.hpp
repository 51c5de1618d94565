#pragma once

#include <coodie/mapping/schema.hpp>
#include <coodie/rows.hpp>
#include <iterator>
#include <memory>
#include <vector>

namespace coodie {

namespace detail {

/// What a member needs of the column it is read from.
struct MemberReader
{
    std::string_view column;
    std::string_view cpp_type;
    TypeOf wanted;
    bool (*accepts)(const DataType& server);
};

/// Who reads: named in errors, and known by its address.
struct ReaderTable
{
    std::string_view document;
    std::span<const MemberReader> members;
};

/// Which column of a result each member is read from. Checked once for a result's columns, then remembered there.
/// Errors: InvalidQueryError (errc::bad_value) naming the column, both types and the document.
COODIE_API std::shared_ptr<const ResultMetadata::Plan> plan_for(const ResultMetadata& metadata,
                                                                const ReaderTable& readers);

/// A cell that is no value of its member's type. Throws.
[[noreturn]] COODIE_API void refuse_cell(const ReaderTable& readers, std::size_t member, Cell cell);

/// The cells of one row after the other; up to 32 columns without allocating.
class COODIE_API RowCells
{
public:
    explicit RowCells(const Rows& rows);
    RowCells(RowCells&& other) noexcept;
    RowCells& operator=(RowCells&& other) noexcept;
    ~RowCells();
    /// The cells of the next row. Lifetime: until the next call, the bytes as long as the Rows.
    const Cell* read() noexcept
    {
        auto* cells = many_ ? many_ : few_;
        for (std::size_t i = 0; i != columns_; ++i) {
            const auto size = load_integer<std::int32_t>(next_);
            next_ += 4;
            cells[i] = {next_, size < 0 ? -1 : size};
            next_ += size < 0 ? 0 : size;
        }
        return cells;
    }

private:
    static constexpr std::size_t inline_columns = 32;
    const std::byte* next_;
    std::size_t columns_;
    Cell* many_ = nullptr; ///< owned
    Cell few_[inline_columns];
};

template <class T, std::size_t I> constexpr MemberReader member_reader() noexcept
{
    using Member = TypeOfMember<member_at<T, I>>;
    return {columns<T>[I].name, type_name<Held<Member>>(), columns<T>[I].type, &accepts_type<Member>};
}
template <class T> constexpr auto member_readers() noexcept
{
    return []<std::size_t... I>(std::index_sequence<I...>) {
        return std::array<MemberReader, sizeof...(I)>{member_reader<T, I>()...};
    }(FieldNumbers<T>{});
}

/// How a T is read from a row. This one reads documents; queries that select have their own.
template <class T> struct RowReader
{
    static constexpr auto members = member_readers<T>();
    static constexpr ReaderTable table{class_name<T>(), members};

    static void read(const Cell* cells, const std::uint16_t* columns, T& document)
    {
        const auto failed = [&]<std::size_t... I>(std::index_sequence<I...>) {
            std::size_t member = sizeof...(I);
            ((load_cell(cells[columns[I]], document.*member_at<T, I>) || (member = I, false)) && ...);
            return member;
        }(FieldNumbers<T>{});
        if (failed != members.size())
            refuse_cell(table, failed, cells[columns[failed]]);
    }
};

/// Adds what the rows hold.
template <class Reader, class T> void read_rows(const Rows& rows, std::vector<T>& documents)
{
    if (rows.empty())
        return;
    const auto plan = plan_for(rows.metadata(), Reader::table);
    RowCells cells{rows};
    auto at = documents.size();
    documents.resize(at + rows.size()); // the one way to grow that a compiler has to make for every document
    for (; at != documents.size(); ++at)
        Reader::read(cells.read(), plan->column_of_member.data(), documents[at]);
}

/// The same for who walks through pages; `rows` is a std::vector<Row>. Gives how many there are.
template <class Reader, class Row> std::size_t take_rows(void* rows, const Rows& page)
{
    auto& all = *static_cast<std::vector<Row>*>(rows);
    read_rows<Reader>(page, all);
    return all.size();
}

template <class T> std::optional<T> first_of(std::vector<T>& rows)
{
    return rows.empty() ? std::nullopt : std::optional<T>{std::move(rows.front())};
}

}

/// Rows as documents, each read when it is reached. Made by Rows::as.
/// Errors: InvalidQueryError from begin() when columns and members do not fit, from ++ when a value does not.
template <class T> class RowsAs
{
public:
    explicit RowsAs(const Rows& rows) : rows_{&rows} {}
    explicit RowsAs(Rows&& rows) : owned_{std::move(rows)} {}

    class Iterator
    {
    public:
        using difference_type = std::ptrdiff_t;
        using value_type = T;
        using iterator_concept = std::input_iterator_tag;

        explicit Iterator(const Rows& rows) : left_{rows.size()}, cells_{rows}
        {
            if (left_ != 0) {
                plan_ = detail::plan_for(rows.metadata(), detail::RowReader<T>::table);
                read();
            }
        }
        T& operator*() const noexcept { return document_; }
        T* operator->() const noexcept { return &document_; }
        Iterator& operator++()
        {
            if (--left_ != 0)
                read();
            return *this;
        }
        void operator++(int) { ++*this; }
        friend bool operator==(const Iterator& i, std::default_sentinel_t) noexcept { return i.left_ == 0; }

    private:
        void read() { detail::RowReader<T>::read(cells_.read(), plan_->column_of_member.data(), document_); }
        std::size_t left_;
        detail::RowCells cells_;
        std::shared_ptr<const ResultMetadata::Plan> plan_;
        mutable T document_{};
    };

    Iterator begin() const { return Iterator{rows()}; }
    std::default_sentinel_t end() const noexcept { return {}; }
    std::size_t size() const noexcept { return rows().size(); }
    bool empty() const noexcept { return rows().empty(); }
    /// All of them.
    operator std::vector<T>() const
    {
        std::vector<T> documents;
        detail::read_rows<detail::RowReader<T>>(rows(), documents);
        return documents;
    }

private:
    const Rows& rows() const noexcept { return rows_ ? *rows_ : owned_; }
    const Rows* rows_ = nullptr;
    Rows owned_;
};

template <class T> RowsAs<T> Rows::as() const&
{
    static_assert(detail::is_document<T>());
    return RowsAs<T>{*this};
}
template <class T> RowsAs<T> Rows::as() &&
{
    static_assert(detail::is_document<T>());
    return RowsAs<T>{std::move(*this)};
}

}
