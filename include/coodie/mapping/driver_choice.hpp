#pragma once

#include <coodie/driver.hpp>
#include <coodie/registry.hpp>
#include <memory>
#include <optional>

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

/// Takes the pages of an answer as they come: adds their rows to `target`, and says how many are there.
struct PageTaker
{
    std::size_t (*take)(void* target, const Rows& page);
    void* target;
    std::size_t enough = static_cast<std::size_t>(-1); ///< rows; no page is asked for beyond them
};

/// Runs a statement page by page until there are enough rows, or no more. A page may be empty and not the last.
COODIE_API void take_pages(AbstractDriver& driver, Statement statement, PageTaker taker);
/// Gives up the page under way when the handler is cancelled.
COODIE_API void start_pages(const std::shared_ptr<AbstractDriver>& driver, Statement statement, PageTaker taker,
                            std::shared_ptr<void> keeps_target, AnyHandler<void(std::exception_ptr)> handler);

/// The number in an answer to SELECT COUNT(*). Errors: ProtocolError when there is none.
using Count = std::optional<std::int64_t>;
COODIE_API std::size_t take_count(void* count, const Rows& page);
COODIE_API std::int64_t must_count(const Count& count);
COODIE_API std::int64_t read_count(AbstractDriver& driver, Statement statement);

}
