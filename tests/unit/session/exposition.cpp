#include "exposition.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <utility>

namespace {

[[noreturn]] void refuse(std::string_view rule, std::string_view line)
{
    throw std::runtime_error{std::string{rule} + ": " + std::string{line}};
}

constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_";
constexpr std::string_view digits = "0123456789";

/// Takes a name from the front; `more`: what it may hold besides letters and digits.
std::string take_name(std::string_view& rest, std::string_view more, std::string_view line)
{
    const auto fits = [&](char c) { return letters.find(c) != letters.npos || more.find(c) != more.npos; };
    std::size_t size = 0;
    while (size != rest.size() && (fits(rest[size]) || (size != 0 && digits.find(rest[size]) != digits.npos)))
        ++size;
    if (size == 0)
        refuse("a name is missing", line);
    const std::string name{rest.substr(0, size)};
    rest.remove_prefix(size);
    return name;
}

void take(std::string_view& rest, char c, std::string_view line)
{
    if (!rest.starts_with(c))
        refuse(std::string{"expected "} + c, line);
    rest.remove_prefix(1);
}

std::string take_label_value(std::string_view& rest, std::string_view line)
{
    std::string value;
    for (take(rest, '"', line); !rest.starts_with('"'); rest.remove_prefix(1)) {
        if (rest.empty())
            refuse("a label's value does not end", line);
        if (rest.front() != '\\') {
            value += rest.front();
            continue;
        }
        rest.remove_prefix(1);
        if (rest.empty() || std::string_view{"\\\"n"}.find(rest.front()) == std::string_view::npos)
            refuse("nothing but \\\\, \\\" and \\n is escaped", line);
        value += rest.front() == 'n' ? '\n' : rest.front();
    }
    rest.remove_prefix(1);
    return value;
}

Exposition::Labels take_labels(std::string_view& rest, std::string_view line)
{
    Exposition::Labels labels;
    if (!rest.starts_with('{'))
        return labels;
    rest.remove_prefix(1);
    while (!rest.starts_with('}')) {
        const auto name = take_name(rest, "", line);
        take(rest, '=', line);
        if (!labels.emplace(name, take_label_value(rest, line)).second)
            refuse("a label twice", line);
        if (!rest.starts_with('}'))
            take(rest, ',', line);
    }
    rest.remove_prefix(1);
    return labels;
}

double number(const std::string& text, std::string_view line)
{
    if (text == "+Inf")
        return HUGE_VAL;
    char* end = nullptr;
    const double value = std::strtod(text.c_str(), &end);
    if (text.empty() || *end != '\0' || text.find_first_not_of("0123456789.+-eE") != std::string::npos)
        refuse("not a number", line);
    return value;
}

}

Exposition::Exposition(std::string_view text)
{
    if (!text.ends_with('\n'))
        refuse("the last line does not end", text);
    while (!text.empty()) {
        const auto line = text.substr(0, text.find('\n'));
        text.remove_prefix(line.size() + 1);
        if (line.starts_with('#'))
            read_comment(line);
        else if (!line.empty())
            read_sample(line);
    }
    for (const auto& family : families_)
        if (family.type == "histogram")
            check_histogram(family);
}

/// All lines of a family stand together.
Exposition::Family& Exposition::begin_family(const std::string& name)
{
    if (!families_.empty() && families_.back().name == name)
        return families_.back();
    if (std::ranges::find(families_, name, &Family::name) != families_.end())
        refuse("the lines of one family are apart", name);
    return families_.emplace_back(Family{name});
}

void Exposition::read_comment(std::string_view line)
{
    auto rest = line;
    const bool is_help = line.starts_with("# HELP ");
    if (!is_help && !line.starts_with("# TYPE "))
        return;
    rest.remove_prefix(7);
    auto& family = begin_family(take_name(rest, ":", line));
    take(rest, ' ', line);
    if (!family.samples.empty())
        refuse("HELP and TYPE come before the samples", line);
    if (is_help) {
        if (!std::exchange(family.help, std::string{rest}).empty())
            refuse("HELP twice", line);
        return;
    }
    constexpr std::string_view types[] = {"counter", "gauge", "histogram", "summary", "untyped"};
    if (std::ranges::find(types, rest) == std::end(types))
        refuse("no such type", line);
    if (std::exchange(family.type, std::string{rest}) != "untyped")
        refuse("TYPE twice", line);
}

void Exposition::read_sample(std::string_view line)
{
    auto rest = line;
    Sample sample{.name = take_name(rest, ":", line), .labels = take_labels(rest, line), .value = 0};
    take(rest, ' ', line);
    sample.value = number(std::string{rest}, line);
    auto name = sample.name;
    if (!families_.empty() && families_.back().type == "histogram")
        for (const std::string_view suffix : {"_bucket", "_sum", "_count"})
            if (name == families_.back().name + std::string{suffix})
                name = families_.back().name;
    auto& family = begin_family(name);
    for (const auto& other : family.samples)
        if (other.name == sample.name && other.labels == sample.labels)
            refuse("the same series twice", line);
    family.samples.push_back(std::move(sample));
}

void Exposition::check_histogram(const Family& family) const
{
    double below = 0, bound = -HUGE_VAL;
    bool has_sum = false, has_count = false;
    for (const auto& sample : family.samples) {
        if (sample.name.ends_with("_bucket")) {
            const auto next = number(sample.labels.at("le"), family.name);
            if (next <= bound || sample.value < below)
                refuse("buckets are in order and count what is below", family.name);
            bound = next;
            below = sample.value;
        }
        has_sum = has_sum || sample.name.ends_with("_sum");
        if (sample.name.ends_with("_count")) {
            has_count = true;
            if (sample.value != below)
                refuse("_count is that of the last bucket", family.name);
        }
    }
    if (!has_sum || !has_count || bound != HUGE_VAL)
        refuse("a histogram has _sum, _count and a bucket without end", family.name);
}

const Exposition::Family& Exposition::family(const std::string& name) const
{
    const auto found = std::ranges::find(families_, name, &Family::name);
    if (found == families_.end())
        refuse("no such family", name);
    return *found;
}

double Exposition::value(const std::string& name, const Labels& labels) const
{
    std::vector<double> values;
    for (const auto& family : families_)
        for (const auto& sample : family.samples)
            if (sample.name == name && std::ranges::includes(sample.labels, labels))
                values.push_back(sample.value);
    if (values.size() != 1)
        refuse(std::to_string(values.size()) + " samples", name);
    return values.front();
}
