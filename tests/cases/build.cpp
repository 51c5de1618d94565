#include "arguments.hpp"
#include "levels.hpp"

namespace cases {

Outcome build(const Json& inputs)
{
    static const Builders builders = [] {
        auto all = statement_builders();
        all.merge(definition_builders());
        return all;
    }();
    const auto name = inputs.at("fn").get<std::string>();
    const auto builder = builders.find(name);
    if (builder == builders.end())
        throw UnknownCase{"builder " + name};
    Arguments arguments{inputs.at("args")};
    auto made = builder->second(arguments);
    arguments.finish();
    return made;
}

}
