#pragma once

#include <coodie/any_handler.hpp>
#include <coodie/loop.hpp>
#include <coodie/rows.hpp>
#include <coodie/statement.hpp>
#include <coodie/value.hpp>
#include <optional>
#include <string>
#include <vector>

namespace coodie {

struct TableSchema; ///< a document's table as data: mapping/table_schema.hpp

struct SyncTableOptions
{
    bool dry_run = false; ///< plan only: the CQL is given, nothing is sent
};

namespace detail {
struct DriverAccess;
}

/// The seam under the mapping: replace it to log, to mock, to route. Public names are the same for every driver; a
/// driver of one's own overrides the private functions, whose handlers have lost their types.
/// Threads: every function may be called from any thread. Errors: blocking calls throw CoodieError; async_ ones give
/// the same exception to the handler. A blocking call on a thread that runs the driver's loop is refused
/// (would_deadlock).
class COODIE_API AbstractDriver
{
public:
    virtual ~AbstractDriver();

    Rows execute(Statement statement);
    Rows execute(Batch batch);
    std::optional<Value> execute_one(Statement statement); ///< first column of the first row; nullopt: no row, or null
    std::vector<std::string> sync_table(const TableSchema& table, const SyncTableOptions& options = {});
    void close();

    template <class Token> auto async_execute(Statement statement, Token&& token);     // needs <coodie/async.hpp>
    template <class Token> auto async_execute(const Batch& batch, Token&& token);      // needs <coodie/async.hpp>
    template <class Token> auto async_execute_one(Statement statement, Token&& token); // needs <coodie/async.hpp>
    template <class Token>
    auto async_sync_table(const TableSchema& table, SyncTableOptions options,
                          Token&& token);                   // needs <coodie/async.hpp>
    template <class Token> auto async_close(Token&& token); // needs <coodie/async.hpp>
    /// Made in the call itself: g++ 12 destroys it twice beside co_await. Name it first.
    template <class Token> void async_execute(const Batch&& name_it_first, Token&& token) = delete;

    /// The keyspace that names without one belong to; empty: none chosen.
    std::string keyspace() const { return do_keyspace(); }

private:
    friend struct detail::DriverAccess;
    virtual Loop do_loop() const = 0; ///< where handlers complete when they name no executor
    virtual void do_execute(Statement statement, RowsHandler handler) = 0;
    virtual void do_execute_batch(Batch batch, RowsHandler handler) = 0;
    virtual void do_close(AnyHandler<void(std::exception_ptr)> handler) = 0;
    virtual std::string do_keyspace() const = 0;
};

namespace detail {

/// The private side of a driver, for the verbs that stand on it (mapping, async.hpp).
struct COODIE_API DriverAccess
{
    static Loop loop(const AbstractDriver& driver) { return driver.do_loop(); }
    static void start(AbstractDriver& driver, Statement statement, RowsHandler handler)
    {
        driver.do_execute(std::move(statement), std::move(handler));
    }
    static void start(AbstractDriver& driver, Batch batch, RowsHandler handler);
    /// Runs statements one after the other, then completes; the first error ends it. Keeps the driver until then.
    static void start_all(std::shared_ptr<AbstractDriver> driver, std::vector<Statement> statements,
                          AnyHandler<void(std::exception_ptr)> handler);
    static void sync_table(std::shared_ptr<AbstractDriver> driver, const TableSchema& table,
                           const SyncTableOptions& options,
                           AnyHandler<void(std::exception_ptr, std::vector<std::string>)> handler);
    static void close(AbstractDriver& driver, AnyHandler<void(std::exception_ptr)> handler)
    {
        driver.do_close(std::move(handler));
    }
};

COODIE_API std::optional<Value> first_value(Rows rows);

/// A driver that its owner keeps for as long as it is asked.
COODIE_API std::shared_ptr<AbstractDriver> borrowed(AbstractDriver& driver) noexcept;

}

}
