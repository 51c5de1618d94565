#pragma once

#include <atomic>
#include <coodie/uuid.hpp>
#include <memory>
#include <string>

namespace coodie {

/// A host of the session, in the order in which the session met them; never given to another host.
enum class HostIndex : std::uint32_t
{
};

enum class HostDistance : std::uint8_t
{
    local,   ///< gets connections and requests
    remote,  ///< gets connections, and requests when no local host can take them
    ignored, ///< gets nothing
};

/// What a node says of itself, or its peers of it.
struct HostDescription
{
    std::string address; ///< "127.0.0.1:9042", "[::1]:9042"
    Uuid host_id = {};
    std::string datacenter = {};
    std::string rack = {};
    std::string release_version = {};
    std::uint16_t shards = 1; ///< as far as it was known when this was made
};

namespace detail {
struct HostAccess;
}

/// A node of the cluster. What it says of itself does not change; should the node come back as another, so does the
/// object. Threads: any.
class COODIE_API Host
{
public:
    Host(const Host&) = delete;
    Host& operator=(const Host&) = delete;

    HostIndex index() const noexcept { return index_; }
    const std::string& address() const noexcept { return description_.address; }
    const Uuid& host_id() const noexcept { return description_.host_id; }
    const std::string& datacenter() const noexcept { return description_.datacenter; }
    const std::string& rack() const noexcept { return description_.rack; }
    const std::string& release_version() const noexcept { return description_.release_version; }
    const HostDescription& description() const noexcept { return description_; }

    /// Whether the session believes that it can be reached, now.
    bool is_up() const noexcept { return is_up_.load(std::memory_order_relaxed); }
    /// Of a ScyllaDB host, as the newest connection to it says; 1 before there was any, and of all others.
    std::uint16_t shards() const noexcept { return shards_.load(std::memory_order_relaxed); }

private:
    friend struct detail::HostAccess;
    Host(HostIndex index, HostDescription description, bool is_up);

    HostDescription description_;
    HostIndex index_;
    mutable std::atomic<std::uint16_t> shards_;
    mutable std::atomic<bool> is_up_;
};

namespace detail {

/// For the session, and for tests of policies.
struct COODIE_API HostAccess
{
    static std::shared_ptr<const Host> make(HostIndex index, HostDescription description, bool is_up = true);
    static void set_up(const Host& host, bool is_up) noexcept;
    static void set_shards(const Host& host, std::uint16_t shards) noexcept;
};

}

}
