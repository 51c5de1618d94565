#pragma once

#include <atomic>
#include <coodie/result.hpp>
#include <coodie/rows.hpp>
#include <coodie/statement.hpp>
#include <protocol/prepared_result.hpp>
#include <protocol/scylla_options.hpp>

namespace coodie::detail {

/// What the private side of a Statement shows to the session.
struct StatementAccess
{
    static const std::shared_ptr<const Prepared>& prepared(const Statement& statement) noexcept
    {
        return statement.prepared_;
    }
    /// Moved out, which spares counting; the statement stays one to be prepared.
    static std::shared_ptr<const Prepared> take_prepared(Statement& statement) noexcept
    {
        statement.kind_ = StatementKind::prepared;
        return std::move(statement.prepared_);
    }
    static bool is_constant(const Statement& statement) noexcept { return !statement.owned_; }
    /// Its types live as long as the program: their address says what they are.
    static bool has_constant_types(const Statement& statement) noexcept { return !statement.owned_types_; }
    static Statement of(std::shared_ptr<const Prepared> prepared);
    /// Its text becomes its own, which may have been that of something that goes before it.
    static void own_text(Statement& statement)
    {
        if (statement.owned_)
            return;
        statement.owned_ = std::make_shared<const std::string>(statement.text_);
        statement.text_ = *statement.owned_;
    }
    static void replace_values(Statement& statement, std::span<const std::byte> encoded, std::size_t count)
    {
        statement.values_.clear();
        statement.values_.append(encoded, count);
    }
};

inline bool has_values(const Statement& statement) noexcept
{
    return statement.values().count() != 0 || (statement.extras() && statement.extras()->has_values);
}

/// A statement as the server prepared it. Immutable but for what was last seen to fit.
struct Prepared
{
    std::string text;
    std::vector<std::byte> id;
    std::vector<ColumnSpec> bind_columns;
    std::vector<std::uint16_t> partition_key;     ///< places of the key's columns among the values
    std::shared_ptr<const ResultMetadata> result; ///< null: it returns none
    protocol::KnownSpecs result_specs;            ///< the bytes that `result` was decoded from
    std::vector<std::byte> result_metadata_id;    ///< of `result`; empty: the server that prepared it gives none
    /// The server may leave the columns out of its answers. Not where `*` stands in the text: what that means changes
    /// with the table, and v4 does not tell. Servers that get `result_metadata_id` do, so that they always may.
    bool skip_metadata = false;
    bool is_lwt = false; ///< a lightweight transaction: as the server marks it, or else by its text

    mutable std::atomic<bool> is_stale{false};                 ///< prepared again since, with other result columns
    mutable std::atomic<const TypeOf*> fitting_types{nullptr}; ///< constants that were checked before

    /// `scylla`: what was agreed with the server that prepared it.
    static std::shared_ptr<const Prepared> make(std::string_view text, protocol::PreparedResult&& result,
                                                const protocol::ScyllaOptions& scylla);
    /// The same with the columns and the new id of an answer's metadata.
    std::shared_ptr<const Prepared> with_columns(std::shared_ptr<const ResultMetadata> columns,
                                                 const protocol::RowsMetadata& metadata) const;

    /// Errors: errc::bad_value naming column, both types and the document; errc::invalid_query for the wrong number.
    Error check(const Statement& statement) const
    {
        const auto types = statement.types();
        if (types.data() == fitting_types.load(std::memory_order_relaxed) && types.size() == bind_columns.size() &&
            !types.empty()) [[likely]]
            return {};
        return check_types(statement);
    }

    bool is_current() const noexcept { return !is_stale.load(std::memory_order_relaxed); }

private:
    Error check_types(const Statement& statement) const;
};

/// Encodes values whose types only the server knows, by the types of its bind markers, and puts them into `statement`.
/// Errors: errc::bad_value naming the column; errc::invalid_query for the wrong number, or more than `most` bytes
/// together.
Error encode_values(Statement& statement, const Prepared& prepared, std::size_t most = ValueBuffer::max_bytes);

}
