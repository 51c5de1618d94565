#include "description.hpp"

#include <algorithm>
#include <cstring>

namespace fake_cluster {
namespace {

std::string listed(std::initializer_list<const char*> keys)
{
    std::string text;
    for (const auto* key : keys)
        text += (text.empty() ? "" : ", ") + std::string{key};
    return text;
}

}

const Description& Description::only(std::initializer_list<const char*> keys) const
{
    if (!json_->is_object())
        fail("an object is wanted here, with " + listed(keys));
    for (const auto& [key, value] : json_->items())
        if (std::none_of(keys.begin(), keys.end(), [&](const char* known) { return key == known; }))
            fail("nobody knows '" + key + "' here; known: " + listed(keys));
    return *this;
}

Description Description::at(const char* key) const
{
    if (!has(key))
        fail(std::string{"'"} + key + "' is missing");
    return {json_->at(key), path_ + "." + key};
}

Description Description::at(std::size_t index) const
{
    return {json_->at(index), path_ + "[" + std::to_string(index) + "]"};
}

std::vector<Description> Description::elements() const
{
    if (!json_->is_array())
        fail("a list is wanted here");
    std::vector<Description> all;
    for (std::size_t i = 0; i != json_->size(); ++i)
        all.push_back(at(i));
    return all;
}

std::vector<std::pair<std::string, Description>> Description::members() const
{
    if (!json_->is_object())
        fail("an object is wanted here");
    std::vector<std::pair<std::string, Description>> all;
    for (const auto& [key, value] : json_->items())
        all.emplace_back(key, Description{value, path_ + "." + key});
    return all;
}

std::string Description::text() const
{
    if (!json_->is_string())
        fail("a text is wanted here, not " + json_->dump());
    return json_->get<std::string>();
}

std::int64_t Description::whole_number(std::int64_t least, std::int64_t most) const
{
    const bool whole = json_->is_number_integer();
    if (const auto number = whole ? json_->get<std::int64_t>() : 0; whole && number >= least && number <= most)
        return number;
    fail("a whole number from " + std::to_string(least) + " to " + std::to_string(most) + " is wanted here, not " +
         json_->dump());
}

double Description::number() const
{
    if (!json_->is_number())
        fail("a number is wanted here, not " + json_->dump());
    return json_->get<double>();
}

bool Description::truth() const
{
    if (!json_->is_boolean())
        fail("true or false is wanted here, not " + json_->dump());
    return json_->get<bool>();
}

std::vector<std::string> Description::texts() const
{
    std::vector<std::string> all;
    for (const auto& element : elements())
        all.push_back(element.text());
    return all;
}

}
