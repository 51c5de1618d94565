#include <coodie/execution_profile.hpp>
#include <vector>

namespace coodie {

struct ExecutionProfiles::List
{
    std::vector<NamedProfile> profiles;
};

ExecutionProfiles::ExecutionProfiles(std::initializer_list<NamedProfile> profiles)
    : list_{std::make_shared<const List>(profiles)}
{
}

ExecutionProfiles& ExecutionProfiles::add(std::string name, ExecutionProfile profile)
{
    auto list = list_ ? std::make_shared<List>(*list_) : std::make_shared<List>();
    list->profiles.push_back({std::move(name), std::move(profile)});
    list_ = std::move(list);
    return *this;
}

const NamedProfile* ExecutionProfiles::begin() const noexcept
{
    return list_ ? list_->profiles.data() : nullptr;
}

const NamedProfile* ExecutionProfiles::end() const noexcept
{
    return list_ ? list_->profiles.data() + list_->profiles.size() : nullptr;
}

}
