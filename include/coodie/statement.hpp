#pragma once

#include <chrono>
#include <coodie/consistency.hpp>
#include <coodie/value_buffer.hpp>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace coodie {

class Host;
class Value;

/// What one execution may choose; what is not set comes from the session's options.
struct ExecuteOptions
{
    std::optional<Consistency> consistency = {};
    std::optional<Consistency> serial_consistency = {};    ///< serial or local_serial
    std::optional<std::chrono::milliseconds> timeout = {}; ///< of the whole request
    std::optional<std::int32_t> page_size = {};            ///< rows, > 0
    std::optional<std::int64_t> timestamp = {};            ///< microseconds since 1970, for writes
    std::optional<bool> idempotent = {};                   ///< may be sent again without harm; false unless said
    std::optional<bool> tracing = {};
};
static_assert(std::is_trivially_destructible_v<ExecuteOptions>);

/// Sent as it is (QUERY), or prepared first and then executed (PREPARE, EXECUTE).
enum class StatementKind : std::uint8_t
{
    automatic, ///< prepared when it has values, simple when it has none
    simple,
    prepared,
};

/// A statement that a session prepared; cheap to copy, keeps what it names alive. Declared in session.hpp.
class PreparedStatement;
namespace detail {
struct Prepared;
struct StatementAccess;
}

/// CQL text, bound values (already encoded by the thread that made it) and options.
/// The C++ types of the values decide their CQL types; where the server's differ, executing it fails with an error
/// that names the column and both types, before anything is sent. Not so for StatementKind::simple with values: nobody
/// tells the server's types then, and it reads the bytes as its own.
/// Threads: a plain value.
class COODIE_API Statement
{
public:
    Statement() noexcept {} // not defaulted: Statement{} would fill the room for values with zeros first
    Statement(const Statement&);
    Statement(Statement&&) noexcept;
    Statement& operator=(const Statement&);
    Statement& operator=(Statement&&) noexcept;
    ~Statement();
    /// Text that lives for the whole program, as the mapper's constant texts do: kept by address, never copied.
    struct Constant
    {
        const char* data;
        std::size_t size;
        const char* document = nullptr; ///< named in errors: "User"
    };
    explicit Statement(Constant text) noexcept : text_{text.data, text.size}, document_{text.document} {}

    template <class... T>
    Statement(std::string cql, const T&... values) : owned_{std::make_shared<const std::string>(std::move(cql))}
    {
        text_ = *owned_;
        bind(values...);
    }
    template <class... T> Statement(const char* cql, const T&... values) : Statement{std::string{cql}, values...} {}

    /// Adds values, in the order of the bind markers.
    template <class... T> Statement& bind(const T&... values)
    {
        if constexpr (sizeof...(T) != 0) {
            values_.add(detail::bindable(values)...);
            add_types(detail::types_of<std::remove_cvref_t<decltype(detail::bindable(values))>...>);
        }
        return *this;
    }
    /// The same with their types in a constant, kept by reference.
    template <class... T> Statement& bind_as(std::span<const TypeOf> types, const T&... values)
    {
        values_.add(values...);
        add_types(types);
        return *this;
    }
    /// Values that are encoded already, with their types in the same order (both kept by reference: constants).
    Statement& bind_encoded(std::span<const std::byte> encoded, std::span<const TypeOf> types);
    /// Values whose types only the server knows: encoded after preparing, by its types. Replaces all others.
    Statement& bind_values(std::vector<Value> values);

    std::string_view text() const noexcept { return text_; }
    const char* document() const noexcept { return document_; }
    const ValueBuffer& values() const noexcept { return values_; }
    std::span<const TypeOf> types() const noexcept { return types_; }

    ExecuteOptions& options() noexcept { return options_; }
    const ExecuteOptions& options() const noexcept { return options_; }
    StatementKind kind() const noexcept { return kind_; }
    Statement& kind(StatementKind kind) noexcept
    {
        kind_ = kind;
        return *this;
    }
    Statement& paging_state(std::vector<std::byte> state);
    Statement& custom_payload(std::map<std::string, std::optional<std::vector<std::byte>>> payload);
    Statement& routing_key(std::vector<std::byte> key); ///< composite as in Cassandra: see routing/routing_key.hpp
    /// One of SessionOptions::profiles. Unless the session has it, executing the statement fails with
    /// errc::configuration before anything is sent.
    Statement& profile(std::string name);
    /// Sent to this host only: "10.0.0.1:9042", or "10.0.0.1" if one port is like another. Where that is none of the
    /// session's, or has no connection, executing the statement fails with errc::no_host_available at once, or with
    /// errc::overloaded while its connections can take no more.
    Statement& host(std::string address);
    Statement& host(const Host& host);

    /// What few statements have. Null: none of it.
    struct Extras
    {
        std::vector<std::byte> paging_state;
        std::map<std::string, std::optional<std::vector<std::byte>>> custom_payload;
        std::vector<std::byte> routing_key;
        std::string profile;
        std::string host;
        std::vector<Value> values;
        bool has_values = false;
    };
    const Extras* extras() const noexcept { return extras_.get(); }

private:
    friend struct detail::StatementAccess;
    void add_types(std::span<const TypeOf> types);
    Extras& extras_to_write();

    std::string_view text_;
    const char* document_ = nullptr;
    std::shared_ptr<const std::string> owned_;
    std::shared_ptr<const detail::Prepared> prepared_;
    std::span<const TypeOf> types_;
    std::shared_ptr<const std::vector<TypeOf>> owned_types_;
    std::shared_ptr<const Extras> extras_;
    ExecuteOptions options_;
    StatementKind kind_ = StatementKind::automatic;
    ValueBuffer values_;
};

enum class BatchType : std::uint8_t
{
    logged = 0,
    unlogged = 1,
    counter = 2,
};

/// Statements that travel as one BATCH. Options of the members are ignored; these count.
struct Batch
{
    BatchType type = BatchType::logged;
    std::vector<Statement> statements = {};
    ExecuteOptions options = {};
    std::map<std::string, std::optional<std::vector<std::byte>>> custom_payload = {};
    std::string profile = {}; ///< as Statement::profile
    std::string host = {};    ///< as Statement::host
};

}
