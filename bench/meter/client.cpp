#include "client.hpp"

#include "counters.hpp"

#include <algorithm>
#include <cstdio>
#include <exception>
#include <iostream>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <string>

namespace bench {
namespace {

using namespace std::chrono_literals;

/// What one request of a kind must return.
Fold expected(Kind kind)
{
    Fold fold;
    if (kind == Kind::select)
        fold.add(selected);
    for (std::size_t n = 0; kind == Kind::page && n < rows_in_page; ++n)
        fold.add(user(n));
    return fold;
}

void verify(Kind kind, const Window& window)
{
    if (window.fold().sum() != expected(kind).sum() * window.requests())
        throw std::runtime_error("the values that came back are not those of the table");
}

/// Runs more and more requests until it has taken a third of the time that the window shall take.
/// @return how many requests fill the window.
std::uint64_t warm_up(Client& client, const Work& work, std::chrono::nanoseconds time)
{
    for (std::uint64_t requests = work.depth;; requests *= 2) {
        Window window(work, requests);
        const auto before = usage();
        client.run(work.kind, window);
        verify(work.kind, window);
        const auto took = usage().wall_ns - before.wall_ns;
        if (took * 3 >= time.count())
            return static_cast<std::uint64_t>(static_cast<double>(window.requests()) *
                                              static_cast<double>(time.count()) / static_cast<double>(took));
    }
}

std::uint32_t percentile(std::vector<std::uint32_t>& sorted, std::size_t percent)
{
    return sorted.empty() ? 0 : sorted[(sorted.size() - 1) * percent / 100];
}

class JsonLine
{
public:
    template <class T> JsonLine& add(const char* name, const T& value)
    {
        text_ << (text_.tellp() == 0 ? "{\"" : ", \"") << name << "\": " << value;
        return *this;
    }
    JsonLine& add_spent(const char* name, std::optional<std::uint64_t> before, std::optional<std::uint64_t> after)
    {
        return before && after ? add(name, *after - *before) : add(name, "null");
    }
    std::string text() const { return text_.str() + "}"; }

private:
    std::ostringstream text_;
};

/// What the process has done so far, as far as it is counted.
struct Counts
{
    explicit Counts(const Counters& counters)
        : allocations(counters.allocations()), allocated_bytes(counters.allocated_bytes()),
          instructions(counters.instructions()), syscalls(counters.syscalls())
    {
    }

    std::optional<std::uint64_t> allocations;
    std::optional<std::uint64_t> allocated_bytes;
    std::optional<std::uint64_t> instructions;
    std::optional<std::uint64_t> syscalls;
};

std::string measure(Client& client, const Work& work, std::uint64_t requests, const Counters& counters)
{
    Window window(work, requests);
    const Counts begin(counters);
    const auto before = usage();
    client.run(work.kind, window);
    const auto after = usage();
    const Counts end(counters);
    verify(work.kind, window);
    auto latencies = window.latencies();
    std::sort(latencies.begin(), latencies.end());
    return JsonLine{}
        .add("requests", window.requests())
        .add("wall_ns", after.wall_ns - before.wall_ns)
        .add("user_ns", after.user_ns - before.user_ns)
        .add("system_ns", after.system_ns - before.system_ns)
        .add("p50_ns", percentile(latencies, 50))
        .add("p99_ns", percentile(latencies, 99))
        .add_spent("allocations", begin.allocations, end.allocations)
        .add_spent("allocated_bytes", begin.allocated_bytes, end.allocated_bytes)
        .add_spent("syscalls", begin.syscalls, end.syscalls)
        .add_spent("instructions", begin.instructions, end.instructions)
        .text();
}

std::optional<Kind> kind(const std::string& name)
{
    if (name == "insert")
        return Kind::insert;
    if (name == "select")
        return Kind::select;
    if (name == "page")
        return Kind::page;
    return std::nullopt;
}

void answer(const std::string& line, Client& client, const Counters& counters)
{
    std::istringstream words(line);
    std::string name;
    std::uint32_t depth = 0;
    std::uint32_t milliseconds = 0;
    words >> name >> depth >> milliseconds;
    const auto wanted = kind(name);
    if (!wanted || depth == 0 || milliseconds == 0)
        throw std::invalid_argument("expected '<insert|select|page> <depth> <milliseconds>', got '" + line + "'");
    const Work work{*wanted, depth};
    const auto requests = warm_up(client, work, milliseconds * 1ms);
    std::cout << measure(client, work, requests, counters) << std::endl;
}

}

int serve(int argc, char** argv, const std::function<std::unique_ptr<Client>(std::uint16_t)>& connect)
try {
    if (argc < 2)
        throw std::invalid_argument("expected the responder's port as first argument");
    const Counters counters;
    const auto client = connect(static_cast<std::uint16_t>(std::stoul(argv[1])));
    std::cout << "ready" << std::endl;
    for (std::string line; std::getline(std::cin, line);)
        answer(line, *client, counters);
    return 0;
} catch (const std::exception& e) {
    std::fprintf(stderr, "%s: %s\n", argv[0], e.what());
    return 1;
}

}
