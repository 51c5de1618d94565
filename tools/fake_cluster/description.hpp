#pragma once

#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <vector>

namespace fake_cluster {

/// Columns keep the order in which they are written.
using Json = nlohmann::ordered_json;

/// What is wrong with a file, and where in it.
struct BadFile : std::runtime_error
{
    using std::runtime_error::runtime_error;
};

/// A place in the file: its value, and how one would point at it. Errors: BadFile, from every member.
class Description
{
public:
    Description(const Json& json, std::string path) : json_{&json}, path_{std::move(path)} {}

    const Json& json() const { return *json_; }
    /// An object that has no other keys than these.
    const Description& only(std::initializer_list<const char*> keys) const;
    bool has(const char* key) const { return json_->is_object() && json_->contains(key); }
    Description at(const char* key) const; ///< which must be there
    Description at(std::size_t index) const;
    std::vector<Description> elements() const; ///< of an array
    std::vector<std::pair<std::string, Description>> members() const;

    std::string text() const;
    std::int64_t whole_number(std::int64_t least, std::int64_t most) const;
    double number() const;
    bool truth() const;
    std::vector<std::string> texts() const;

    template <class Read> void if_has(const char* key, Read read) const
    {
        if (has(key))
            read(at(key));
    }
    std::string text_or(const char* key, std::string otherwise) const
    {
        return has(key) ? at(key).text() : std::move(otherwise);
    }
    [[noreturn]] void fail(const std::string& sentence) const { throw BadFile{path_ + ": " + sentence}; }

private:
    const Json* json_;
    std::string path_;
};

}
