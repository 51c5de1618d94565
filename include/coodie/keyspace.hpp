#pragma once

#include <coodie/registry.hpp>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace coodie {

/// Copies of every row by data centre: `{{"dc1", 3}, {"dc2", 2}}`.
class COODIE_API DatacenterCopies
{
public:
    using Copies = std::vector<std::pair<std::string, std::uint32_t>>;

    DatacenterCopies() noexcept = default; ///< not said
    DatacenterCopies(std::initializer_list<Copies::value_type> copies);
    /// From a map, or any range of pairs.
    template <class Range>
        requires requires(const Range& range) { Copies(range.begin(), range.end()); }
    DatacenterCopies(const Range& range) : copies_{Copies(range.begin(), range.end())}
    {
    }
    const std::optional<Copies>& copies() const noexcept { return copies_; }

private:
    std::optional<Copies> copies_;
};

/// How a keyspace is made.
struct KeyspaceOptions
{
    std::optional<std::uint32_t> replication_factor = {}; ///< 1, unless data centres are named
    std::string strategy = {};                            ///< SimpleStrategy, or NetworkTopologyStrategy with them
    DatacenterCopies datacenters = {};
    bool durable_writes = true;
    bool if_not_exists = true;
    std::string driver = {}; ///< by name; empty: the default
};

struct DropKeyspaceOptions
{
    bool if_exists = true;
    std::string driver = {};
};

/// Errors: InvalidQueryError for options that contradict each other or name no data centre; the server's.
COODIE_API void create_keyspace(std::string_view keyspace, const KeyspaceOptions& options = {});
COODIE_API void drop_keyspace(std::string_view keyspace, const DropKeyspaceOptions& options = {});

/// Complete with void(std::exception_ptr). Options are named first, as for async_init_coodie.
template <class Token> auto async_create_keyspace(std::string_view keyspace, Token&& token);
template <class Token>
auto async_create_keyspace(std::string_view keyspace, const KeyspaceOptions& options, Token&& token);
template <class Token>
void async_create_keyspace(std::string_view keyspace, const KeyspaceOptions&& options, Token&& token) = delete;
template <class Token> auto async_drop_keyspace(std::string_view keyspace, Token&& token);
template <class Token>
auto async_drop_keyspace(std::string_view keyspace, const DropKeyspaceOptions& options, Token&& token);
template <class Token>
void async_drop_keyspace(std::string_view keyspace, const DropKeyspaceOptions&& options, Token&& token) = delete;

namespace detail {

COODIE_API Statement create_keyspace_statement(std::string_view keyspace, const KeyspaceOptions& options);
COODIE_API Statement drop_keyspace_statement(std::string_view keyspace, const DropKeyspaceOptions& options);

}

}
