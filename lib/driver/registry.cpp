#include "lib/driver/registry.hpp"

#include <atomic>
#include <map>
#include <mutex>

namespace coodie {

namespace {

using DriverPointer = std::shared_ptr<AbstractDriver>;

class Registry
{
public:
    DriverPointer add(std::string name, DriverPointer driver, bool make_default);
    bool remove(std::string_view name);
    DriverPointer find(std::string_view name);
    DriverPointer find_default();

private:
    std::string names() const;
    void changed() noexcept { generation_.fetch_add(1, std::memory_order_release); }

    std::mutex mutex_;
    std::map<std::string, DriverPointer, std::less<>> drivers_;
    std::string default_name_;
    DriverPointer default_;
    std::atomic<std::uint64_t> generation_{1};
};

Registry& registry()
{
    static Registry drivers;
    return drivers;
}

/// Gives what it replaces, whose last user may be this one.
DriverPointer Registry::add(std::string name, DriverPointer driver, bool make_default)
{
    const std::lock_guard lock{mutex_};
    auto& kept = drivers_[name];
    auto replaced = std::exchange(kept, std::move(driver));
    if (make_default || !default_ || name == default_name_) {
        default_ = kept;
        default_name_ = std::move(name);
    }
    changed();
    return replaced;
}

bool Registry::remove(std::string_view name)
{
    DriverPointer removed;
    const std::lock_guard lock{mutex_};
    const auto found = drivers_.find(name);
    if (found == drivers_.end())
        return false;
    removed = std::move(found->second);
    drivers_.erase(found);
    if (name == default_name_) {
        default_.reset();
        default_name_.clear();
    }
    changed();
    return true;
}

DriverPointer Registry::find(std::string_view name)
{
    const std::lock_guard lock{mutex_};
    const auto found = drivers_.find(name);
    if (found == drivers_.end())
        Error{errc::configuration, "no driver is registered as \"" + std::string{name} + "\"; " +
                                       (drivers_.empty() ? "none is: call init_coodie() first" : "there is " + names())}
            .raise();
    return found->second;
}

/// What every operation on a document asks: one atomic load and one reference count, unless something changed.
DriverPointer Registry::find_default()
{
    struct Seen
    {
        std::uint64_t generation = 0;
        std::weak_ptr<AbstractDriver> driver; // weak: a thread that asks no more keeps nothing alive
    };
    thread_local Seen seen;
    if (seen.generation == generation_.load(std::memory_order_acquire))
        if (auto driver = seen.driver.lock())
            return driver;
    const std::lock_guard lock{mutex_};
    if (!default_)
        Error{errc::configuration, drivers_.empty() ? "no driver is registered: call init_coodie() first"
                                                    : "no driver is the default; there is " + names()}
            .raise();
    seen = {generation_.load(std::memory_order_relaxed), default_};
    return default_;
}

std::string Registry::names() const
{
    std::string all;
    for (const auto& [name, driver] : drivers_)
        all += (all.empty() ? "\"" : ", \"") + name + "\"";
    return all;
}

}

void register_driver(std::string name, std::shared_ptr<AbstractDriver> driver, bool make_default)
{
    if (name.empty() || !driver)
        Error{errc::configuration, name.empty() ? "register_driver: a driver needs a name"
                                                : "register_driver: \"" + name + "\" is a null pointer"}
            .raise();
    const auto replaced = detail::replace_driver(std::move(name), std::move(driver), make_default);
}

std::shared_ptr<AbstractDriver> detail::replace_driver(std::string name, std::shared_ptr<AbstractDriver> driver,
                                                       bool make_default)
{
    return registry().add(std::move(name), std::move(driver), make_default);
}

std::shared_ptr<AbstractDriver> get_driver(std::string_view name)
{
    return name.empty() ? registry().find_default() : registry().find(name);
}

bool unregister_driver(std::string_view name)
{
    return registry().remove(name);
}

}
