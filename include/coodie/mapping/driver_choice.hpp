#pragma once

#include <coodie/driver.hpp>
#include <coodie/registry.hpp>
#include <memory>

namespace coodie::detail {

/// The driver a verb runs on: one that was named, or the registry's default at the time of the call.
class COODIE_API DriverChoice
{
public:
    constexpr DriverChoice() noexcept = default;
    explicit constexpr DriverChoice(AbstractDriver& driver) noexcept : named_{&driver} {}

    /// Keeps the registry's driver alive; one that was named is kept by whoever named it.
    std::shared_ptr<AbstractDriver> driver() const;

private:
    AbstractDriver* named_ = nullptr;
};

/// Takes the pages of an answer as they come: adds their rows to `target`.
struct PageTaker
{
    void (*take)(void* target, const Rows& page);
    std::shared_ptr<void> target;
};

/// Runs a statement page by page until the last one.
COODIE_API void take_pages(AbstractDriver& driver, Statement statement, void* target,
                           void (*take)(void* target, const Rows& page));
COODIE_API void start_pages(const std::shared_ptr<AbstractDriver>& driver, Statement statement, PageTaker taker,
                            AnyHandler<void(std::exception_ptr)> handler);

/// The number in an answer to SELECT COUNT(*). Errors: ProtocolError when there is none.
COODIE_API std::int64_t read_count(const Rows& rows);

}
