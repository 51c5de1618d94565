#pragma once

#include <coodie/metadata.hpp>
#include <functional>
#include <lib/routing/ring.hpp>
#include <lib/routing/tablet.hpp>
#include <optional>

namespace coodie::metadata {

/// A tablet, and which hosts of the session have it.
struct LearnedTablet
{
    routing::Tablet tablet;
    std::vector<HostIndex> hosts;      ///< those of its replicas that the session knows, in the server's order
    std::vector<std::uint32_t> shards; ///< of each host; as the server says, may exceed the shards it is known to have

    bool is_complete() const noexcept { return hosts.size() == tablet.replicas.size(); }
};

/// What was learned of the tablets of tables. Learning one moves some pointers of its table and copies no tablet;
/// tablets are shared, so that each loop may have a map of its own without having tablets of its own.
/// Threads: one, as whatever a loop owns; tablets are immutable and may be handed to other loops.
class TabletMap
{
public:
    using HostOf = std::function<std::optional<HostIndex>(const Uuid& host_id)>;

    static constexpr std::size_t default_capacity = 65'536;
    static constexpr std::size_t most_tables = 4'096;
    /// `capacity`: tablets of one table. What is beyond is not learned, unless it takes the place of others.
    explicit TabletMap(std::size_t capacity = default_capacity) noexcept : capacity_{capacity} {}

    static std::shared_ptr<const LearnedTablet> resolve(routing::Tablet tablet, const HostOf& host_of);

    /// Takes the place of all tablets of the table that it overlaps. False: it was not learned.
    bool learn(std::string_view keyspace, std::string_view table, std::shared_ptr<const LearnedTablet> tablet);

    /// The tablet of this token, or null.
    const LearnedTablet* find(std::string_view keyspace, std::string_view table, Token token) const noexcept;

    /// Forgets those of tables that are not in `schema`, or are others than in the `former` one, and of keyspaces
    /// that are replicated in another way now.
    void keep_tables_of(const SchemaMetadata& schema, const SchemaMetadata& former);
    void forget_host(const Uuid& host_id); ///< and with it every tablet that it had
    /// Looks again for hosts that were unknown when their tablets were learned.
    void complete(const HostOf& host_of);

    std::size_t tables() const noexcept { return tables_.size(); }
    std::size_t size() const noexcept;

private:
    using TableName = std::pair<std::string, std::string>;
    struct ByName
    {
        using is_transparent = void;
        bool operator()(const auto& left, const auto& right) const noexcept
        {
            const auto keyspaces = std::string_view{left.first} <=> std::string_view{right.first};
            return keyspaces == 0 ? std::string_view{left.second} < std::string_view{right.second} : keyspaces < 0;
        }
    };
    /// In ascending order; no two overlap.
    using Tablets = std::vector<std::shared_ptr<const LearnedTablet>>;

    std::size_t capacity_;
    std::map<TableName, Tablets, ByName> tables_;
};

}
