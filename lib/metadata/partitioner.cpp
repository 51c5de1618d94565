#include <lib/metadata/partitioner.hpp>

namespace coodie::metadata {

std::optional<protocol::Partitioner> partitioner_named(std::string_view class_name) noexcept
{
    const auto dot = class_name.rfind('.');
    const auto name = dot == class_name.npos ? class_name : class_name.substr(dot + 1);
    if (name == "Murmur3Partitioner")
        return protocol::Partitioner::murmur3;
    if (name == "CDCPartitioner")
        return protocol::Partitioner::cdc;
    return {};
}

}
