#include <lib/metadata/type_order.hpp>
#include <protocol/types.hpp>

namespace coodie::metadata {

namespace {

void collect_names(const DataType& type, std::set<std::string>& names)
{
    if (type.id == TypeId::udt && type.elements.empty())
        names.insert(type.name);
    for (const auto& element : type.elements)
        collect_names(element, names);
}

std::set<std::string> names_in(const UserTypes::Definition& definition)
{
    std::set<std::string> names;
    for (const auto& text : definition.field_types)
        if (const auto type = protocol::parse_cql_type(text))
            collect_names(*type, names);
    return names;
}

struct Waiting
{
    std::size_t place = 0;
    std::size_t missing = 0; ///< types that it is made of and that have no place yet
    std::vector<std::string> used_by = {};
};

}

TypeOrder order_types(const std::vector<UserTypes::Definition>& definitions)
{
    std::map<std::string, Waiting> waiting;
    for (std::size_t place = 0; place != definitions.size(); ++place)
        waiting[definitions[place].name].place = place;
    for (auto& [name, type] : waiting)
        for (const auto& part : names_in(definitions[type.place]))
            if (const auto found = waiting.find(part); found != waiting.end()) {
                ++type.missing;
                found->second.used_by.push_back(name);
            }

    std::set<std::string> ready;
    for (const auto& [name, type] : waiting)
        if (type.missing == 0)
            ready.insert(name);

    TypeOrder order;
    while (!ready.empty()) {
        const auto next = waiting.extract(*ready.begin());
        ready.erase(ready.begin());
        order.places.push_back(next.mapped().place);
        for (const auto& user : next.mapped().used_by)
            if (--waiting.at(user).missing == 0)
                ready.insert(user);
    }
    for (const auto& [name, type] : waiting)
        order.in_circles.push_back(type.place);
    return order;
}

}
