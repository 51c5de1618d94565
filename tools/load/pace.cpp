#include "pace.hpp"

#include <algorithm>
#include <cstdio>

namespace load {

namespace {

constexpr std::size_t second = std::chrono::seconds{1} / Pace::slice;

std::string number(const char* format, double value)
{
    char text[64];
    std::snprintf(text, sizeof text, format, value);
    return text;
}

}

void Pace::acknowledged(Clock::time_point now)
{
    const auto at = slice_of(now);
    if (at >= counts_.size())
        counts_.resize(at + 1);
    ++counts_[at];
    ++total_;
}

/// A second's worth of acknowledged requests, on average over these slices.
double Pace::mean(std::size_t from, std::size_t to) const
{
    const auto end = std::min(to, counts_.size());
    if (from >= end)
        return 0;
    std::uint64_t sum = 0;
    for (auto at = from; at != end; ++at)
        sum += counts_[at];
    return static_cast<double>(sum * second) / static_cast<double>(end - from);
}

std::vector<std::string> Pace::report() const
{
    std::vector<std::string> lines;
    for (std::size_t i = 0; i != marks_.size(); ++i)
        lines.push_back(report(marks_[i], i + 1 == marks_.size() ? counts_.size() : marks_[i + 1].at));
    return lines;
}

/// Back is where the second that begins there has half the requests that a second had before.
std::string Pace::report(const Mark& mark, std::size_t end) const
{
    const auto before = mean(mark.at - std::min(mark.at, 3 * second), mark.at);
    auto back = mark.at;
    while (back < end && mean(back, std::min(back + second, end)) < before / 2)
        ++back;
    const auto after = mean(back, end);
    const auto seconds = static_cast<double>(back - mark.at) / static_cast<double>(second);
    const auto rates = number("%.0f a second before", before) + number(", %.0f after", after);
    return mark.event + ": " + (back >= end ? "not back to half of it within " : "back to half of it after ") +
           number("%.1f s", seconds) + " (" + rates + ")";
}

}
