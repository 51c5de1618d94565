#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bench {

/// A type option as it stands on the wire: the id, then those of its elements.
using TypeOption = std::vector<std::uint16_t>;

namespace type {
inline const TypeOption bigint{0x02}, boolean{0x04}, double_{0x07}, int_{0x09}, uuid{0x0C}, text{0x0D}, inet{0x10},
    list_of_text{0x20, 0x0D}, map_of_text{0x21, 0x0D, 0x0D}, set_of_text{0x22, 0x0D}, map_of_blob{0x21, 0x0C, 0x03};
}

struct Column
{
    std::string name;
    TypeOption type;
};

/// A value's bytes; nothing is null.
using Cell = std::optional<std::string>;

struct StoredTable
{
    std::string keyspace;
    std::string name;
    std::vector<Column> columns;
    std::vector<std::vector<Cell>> rows;

    /// The column's position, or the number of columns.
    std::size_t position(std::string_view column) const;
};

/// A node of the cluster. All have the same port, and addresses of the loopback in a row, from 127.0.0.1.
struct Place
{
    std::size_t node = 0;
    std::size_t nodes = 1;
    std::uint16_t port = 9042;
};

/// The tables of a cluster as this node shows them, as a driver reads them when it connects, and the table of the
/// benchmark.
class Catalog
{
public:
    explicit Catalog(const Place& place);
    /// A table that is not there is empty and has no columns.
    const StoredTable& find(const std::string& keyspace, const std::string& name) const;

private:
    void add(StoredTable table);

    std::map<std::string, StoredTable> tables_;
    StoredTable nothing_;
};

}
