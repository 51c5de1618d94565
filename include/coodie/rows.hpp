#pragma once

#include <coodie/codec.hpp>
#include <coodie/error.hpp>
#include <coodie/uuid.hpp>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace coodie {

struct ColumnSpec
{
    std::string keyspace;
    std::string table;
    std::string name;
    DataType type;
};

/// The columns of a result (CQL v4 section 4.2.5.2). Immutable; shared by every Rows of one prepared statement.
struct ResultMetadata
{
    std::vector<ColumnSpec> columns;

    /// The first column of this name, or columns.size().
    COODIE_API std::size_t index_of(std::string_view name) const noexcept;

    /// For the mapper: the last document whose members were checked against these columns, and how they lie.
    struct Plan
    {
        const void* document = nullptr;
        std::vector<std::uint16_t> column_of_member;
    };
    mutable std::shared_ptr<const Plan> plan; ///< read and written with std::atomic_load and std::atomic_store only
};

/// Bytes shared by all who read them; `release` is called once, by whoever drops the last share, on any thread.
class COODIE_API SharedBytes
{
public:
    struct Owner
    {
        void (*release)(Owner*) noexcept; ///< gives one share back; thread-safe
    };
    SharedBytes() noexcept = default;
    /// Takes over one share that the owner counted already.
    explicit SharedBytes(Owner* owner) noexcept : owner_{owner} {}
    SharedBytes(SharedBytes&& other) noexcept : owner_{std::exchange(other.owner_, nullptr)} {}
    SharedBytes& operator=(SharedBytes&& other) noexcept
    {
        SharedBytes taken{std::move(other)};
        std::swap(owner_, taken.owner_);
        return *this;
    }
    ~SharedBytes()
    {
        if (owner_)
            owner_->release(owner_);
    }

private:
    Owner* owner_ = nullptr;
};

/// One row: a view into its Rows, valid as long as they are (a copy of it included).
class COODIE_API Row
{
public:
    Row(const ResultMetadata& metadata, const std::byte* cells) noexcept : metadata_{&metadata}, cells_{cells} {}

    std::size_t size() const noexcept { return metadata_->columns.size(); }
    const ResultMetadata& metadata() const noexcept { return *metadata_; }
    /// The row's cells as they travel: each an [int] length and its bytes.
    const std::byte* cells() const noexcept { return cells_; }
    Cell cell(std::size_t column) const; ///< Errors: InvalidQueryError when there is no such column

    class Field; ///< `row["name"].as<std::string>()`
    Field operator[](std::string_view name) const;
    Field operator[](std::size_t column) const;

private:
    [[noreturn]] void refuse(std::size_t column) const;
    const ResultMetadata* metadata_;
    const std::byte* cells_;
};

class COODIE_API Row::Field
{
public:
    Field(const ColumnSpec& column, Cell cell) noexcept : column_{&column}, cell_{cell} {}
    const ColumnSpec& column() const noexcept { return *column_; }
    Cell cell() const noexcept { return cell_; }
    bool is_null() const noexcept { return cell_.is_null(); }
    /// As a T whose codec accepts the column's type; as<Value>() takes every type.
    /// Errors: InvalidQueryError (errc::bad_value) naming the column and both types, also for null unless T is
    /// optional.
    template <class T> T as() const;

private:
    [[noreturn]] void fail(const DataType& wanted) const;
    const ColumnSpec* column_;
    Cell cell_;
};

inline Cell Row::cell(std::size_t column) const
{
    if (column >= size()) [[unlikely]]
        refuse(column);
    const auto* at = cells_;
    auto size = detail::load_integer<std::int32_t>(at);
    for (; column != 0; --column) {
        at += 4 + (size < 0 ? 0 : size);
        size = detail::load_integer<std::int32_t>(at);
    }
    return {at + 4, size < 0 ? -1 : size};
}

inline Row::Field Row::operator[](std::size_t column) const
{
    const auto held = cell(column);
    return {metadata_->columns[column], held};
}

/// What a schema change says (result kind 5 and SCHEMA_CHANGE events).
struct SchemaChange
{
    std::string change; ///< "CREATED", "UPDATED", "DROPPED"
    std::string target; ///< "KEYSPACE", "TABLE", "TYPE", "FUNCTION", "AGGREGATE"
    std::string keyspace;
    std::string name;
    std::vector<std::string> argument_types;
};

/// What an answer brought beside rows; most bring nothing.
struct ResponseExtras
{
    std::optional<Uuid> tracing_id;
    std::vector<std::string> warnings;
    std::map<std::string, std::optional<std::vector<std::byte>>> custom_payload;
    std::vector<std::byte> paging_state; ///< empty: this was the last page
    std::optional<SchemaChange> schema_change;
    /// After a schema change: all nodes that are up were seen to have the new schema, and the session has read it.
    /// False: not within SessionOptions::max_schema_agreement_wait, nor within the request's timeout.
    bool schema_in_agreement = false;
    std::string set_keyspace;
};

}

/// Compiled once: every program that holds Rows would compile the destructors of all the extras otherwise.
template <> struct COODIE_API std::default_delete<coodie::ResponseExtras>
{
    void operator()(coodie::ResponseExtras* extras) const noexcept;
};

namespace coodie {

template <class T> class RowsAs;

/// One page of rows, or the empty answer of a statement that returns none. Owns the bytes it shows.
/// Every length in the body was checked when it came: walking it cannot leave it.
/// Its bytes are part of the block that the answer was read into, 64 KiB or one large answer: as long as these Rows
/// live the whole block does. Few rows that are kept for long are better kept `detached()`. Threads: a value; any
/// thread may read or drop it.
class COODIE_API Rows
{
public:
    Rows() noexcept;
    Rows(Rows&&) noexcept;
    Rows& operator=(Rows&&) noexcept;
    ~Rows();

    /// `content` is rows as they travel, checked by the caller; it lives as long as `bytes` does.
    Rows(SharedBytes bytes, std::shared_ptr<const ResultMetadata> metadata, std::span<const std::byte> content,
         std::size_t rows, std::unique_ptr<ResponseExtras> extras = nullptr) noexcept
        : bytes_{std::move(bytes)}, metadata_{std::move(metadata)}, content_{content}, rows_{rows},
          extras_{std::move(extras)}
    {
    }
    /// A copy of `content`, for tests and drivers of one's own. Errors: ProtocolError when it does not hold `rows`
    /// rows.
    static Rows copy_of(std::shared_ptr<const ResultMetadata> metadata, std::span<const std::byte> content,
                        std::size_t rows, std::unique_ptr<ResponseExtras> extras = nullptr);

    /// These rows, in memory of just their size.
    Rows detached() &&;

    std::size_t size() const noexcept { return rows_; }
    bool empty() const noexcept { return rows_ == 0; }
    const ResultMetadata& metadata() const noexcept; ///< of no columns when the answer has none
    std::vector<std::string> column_names() const;
    std::vector<DataType> column_types() const;
    std::span<const std::byte> content() const noexcept { return content_; }

    class Iterator;
    Iterator begin() const noexcept;
    Iterator end() const noexcept;
    Row front() const noexcept;            ///< only when not empty
    Row operator[](std::size_t row) const; ///< Complexity: linear in `row`. Errors: InvalidQueryError beyond the end

    /// The rows as documents: a view of these Rows, or the owner of those that would be gone.
    template <class T> RowsAs<T> as() const&; // needs <coodie/coodie.hpp>
    template <class T> RowsAs<T> as() &&;     // needs <coodie/coodie.hpp>

    bool has_more_pages() const noexcept { return extras_ && !extras_->paging_state.empty(); }
    std::span<const std::byte> paging_state() const noexcept;
    const ResponseExtras* extras() const noexcept { return extras_.get(); }

private:
    SharedBytes bytes_;
    std::shared_ptr<const ResultMetadata> metadata_;
    std::span<const std::byte> content_;
    std::size_t rows_ = 0;
    std::unique_ptr<ResponseExtras> extras_;
};

class COODIE_API Rows::Iterator
{
public:
    using difference_type = std::ptrdiff_t;
    using value_type = Row;
    Iterator() noexcept = default;
    Iterator(const ResultMetadata* metadata, const std::byte* at, std::size_t left) noexcept
        : metadata_{metadata}, at_{at}, left_{left}
    {
    }
    Row operator*() const noexcept { return {*metadata_, at_}; }
    Iterator& operator++() noexcept
    {
        for (auto n = metadata_->columns.size(); n != 0; --n) {
            const auto size = detail::load_integer<std::int32_t>(at_);
            at_ += 4 + (size < 0 ? 0 : size);
        }
        --left_;
        return *this;
    }
    Iterator operator++(int) noexcept
    {
        auto before = *this;
        ++*this;
        return before;
    }
    friend bool operator==(const Iterator& a, const Iterator& b) noexcept { return a.left_ == b.left_; }

private:
    const ResultMetadata* metadata_ = nullptr;
    const std::byte* at_ = nullptr;
    std::size_t left_ = 0;
};

inline Rows::Iterator Rows::begin() const noexcept
{
    return {&metadata(), content_.data(), rows_};
}
inline Rows::Iterator Rows::end() const noexcept
{
    return {};
}
inline Row Rows::front() const noexcept
{
    return *begin();
}

template <class T> T Row::Field::as() const
{
    T loaded{};
    if constexpr (requires { Codec<T>::load_any(cell_, column_->type, loaded); }) {
        if (!Codec<T>::load_any(cell_, column_->type, loaded))
            fail(column_->type);
    } else if (!detail::accepts_type<T>(column_->type) || !detail::load_cell(cell_, loaded))
        fail(detail::wanted_type<T>());
    return loaded;
}

}
