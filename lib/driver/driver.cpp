#include <coodie/driver.hpp>

#include "lib/base/block_on.hpp"

namespace coodie {

using detail::block_on;
using detail::DriverAccess;

AbstractDriver::~AbstractDriver() = default;

Rows AbstractDriver::execute(Statement statement)
{
    return block_on<Rows>(do_loop(),
                          [&](RowsHandler handler) { do_execute(std::move(statement), std::move(handler)); });
}

Rows AbstractDriver::execute(Batch batch)
{
    return block_on<Rows>(do_loop(),
                          [&](RowsHandler handler) { do_execute_batch(std::move(batch), std::move(handler)); });
}

std::optional<Value> AbstractDriver::execute_one(Statement statement)
{
    return detail::first_value(execute(std::move(statement)));
}

std::vector<std::string> AbstractDriver::sync_table(const TableSchema& table, const SyncTableOptions& options)
{
    using Texts = std::vector<std::string>;
    return block_on<Texts>(do_loop(), [&](AnyHandler<void(std::exception_ptr, Texts)> handler) {
        DriverAccess::sync_table(detail::borrowed(*this), table, options, std::move(handler));
    });
}

void AbstractDriver::close()
{
    block_on<void>(do_loop(), [this](AnyHandler<void(std::exception_ptr)> handler) { do_close(std::move(handler)); });
}

void detail::DriverAccess::start(AbstractDriver& driver, Batch batch, RowsHandler handler)
{
    driver.do_execute_batch(std::move(batch), std::move(handler));
}

std::shared_ptr<AbstractDriver> detail::borrowed(AbstractDriver& driver) noexcept
{
    return {std::shared_ptr<void>{}, &driver};
}

std::optional<Value> detail::first_value(Rows rows)
{
    if (rows.empty() || rows.front().size() == 0)
        return std::nullopt;
    const auto field = rows.front()[std::size_t{0}];
    if (field.is_null())
        return std::nullopt;
    return field.as<Value>();
}

}
