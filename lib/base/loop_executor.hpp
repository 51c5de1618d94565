#pragma once

#include <asio/any_io_executor.hpp>
#include <coodie/loop.hpp>

namespace asio {
class io_context;
}

namespace coodie::detail {

// What coodie/async.hpp asks of loops; it declares the same.

COODIE_API Loop loop_of_context(asio::io_context& context);
/// A null loop: the system's.
COODIE_API asio::any_io_executor executor_of(const Loop& loop) noexcept;
COODIE_API bool is_executor_of(const Loop& loop, const asio::any_io_executor& executor) noexcept;

}
