#pragma once

#include <chrono>
#include <coodie/rows.hpp>
#include <functional>

namespace coodie::metadata {

/// Whether all nodes have the same schema, asked again and again for a bounded time.
class SchemaAgreement
{
public:
    using Time = std::chrono::steady_clock::time_point;

    static constexpr std::string_view local_query =
        "SELECT host_id, schema_version FROM system.local WHERE key = 'local'";
    static constexpr std::string_view peers_query = "SELECT host_id, schema_version FROM system.peers";

    struct Options
    {
        std::chrono::milliseconds interval{200};
        std::chrono::milliseconds max_wait{10'000};
        /// A node whose version must be among those that agree, even if it is thought down: the one that changed the
        /// schema.
        std::optional<Uuid> coordinator = {};
    };
    enum class Verdict : std::uint8_t
    {
        agreed,
        again, ///< at `next()`
        gave_up,
    };

    SchemaAgreement(const Options& options, Time now) noexcept;

    /// What the rows of both queries say, and of its own version the coordinator: the node that was asked for the rows
    /// hears of what others have a second later (Cassandra's gossip), and may show a schema in which all agreed before.
    /// `is_down` leaves a node out; so does a peer's row without a version.
    Verdict decide(const Rows& local, const Rows& peers, const std::function<bool(const Uuid& host_id)>& is_down,
                   Time now, const std::optional<Uuid>& own = {});
    /// The queries were not answered.
    Verdict failed(Time now) noexcept;
    const std::optional<Uuid>& coordinator() const noexcept { return options_.coordinator; }
    Time next() const noexcept { return next_; } ///< never later than the end of all waiting

private:
    bool agree(const Rows& local, const Rows& peers, const std::function<bool(const Uuid& host_id)>& is_down) const;

    Options options_;
    Time end_;
    Time next_;
};

}
