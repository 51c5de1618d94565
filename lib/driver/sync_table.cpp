#include <coodie/driver.hpp>
#include <coodie/mapping/ddl.hpp>
#include <coodie/mapping/identifier.hpp>

namespace coodie::detail {

namespace {

using Texts = std::vector<std::string>;

/// Gives the texts that ran to who waits for them.
struct Synced
{
    AnyHandler<void(std::exception_ptr, Texts)> handler;
    Texts texts;

    static void complete(Synced&& self, const Loop& loop, std::exception_ptr error)
    {
        self.handler.complete(loop, error, error ? Texts{} : std::move(self.texts));
    }
    static bool on_cancel(Synced& self, Canceller canceller)
    {
        return self.handler.cancellable() && self.handler.on_cancel(std::move(canceller));
    }
};

Texts plan(const AbstractDriver& driver, const TableSchema& table)
{
    const auto keyspace = table.keyspace.empty() ? cql::name_of_stored(driver.keyspace()) : std::string{table.keyspace};
    if (keyspace.empty())
        Error{errc::invalid_query, "table '" + std::string{table.name} +
                                       "' has no keyspace: name one in its Schema, or in init_coodie's options"}
            .raise();
    return cql::sync_statements(table, keyspace);
}

}

void DriverAccess::sync_table(std::shared_ptr<AbstractDriver> driver, const TableSchema& table,
                              const SyncTableOptions& options,
                              AnyHandler<void(std::exception_ptr, std::vector<std::string>)> handler)
{
    Texts texts;
    std::exception_ptr error;
    try {
        texts = plan(*driver, table);
    } catch (...) {
        error = std::current_exception();
    }
    if (error || options.dry_run)
        return handler.complete(driver->do_loop(), error, std::move(texts));
    std::vector<Statement> statements;
    for (const auto& text : texts)
        statements.emplace_back(text);
    start_all(
        std::move(driver), std::move(statements),
        AnyHandler<void(std::exception_ptr)>{std::in_place_type<Synced>, Synced{std::move(handler), std::move(texts)}});
}

}
