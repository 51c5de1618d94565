// Runs recordings of requests and responses: golden FILE...
// A line is a JSON object: label, cql, req (hex), resp (hex), and events (a list of hex) where any came in between.
#include "exchange.hpp"
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>

namespace {

using golden::Exchange;
using golden::Frame;
using golden::Mismatch;

unsigned digit(char c)
{
    constexpr std::string_view digits = "0123456789abcdef";
    const auto found = digits.find(c);
    if (found == digits.npos)
        throw Mismatch{"not hex"};
    return static_cast<unsigned>(found);
}

Frame bytes_of(const std::string& hex)
{
    if (hex.size() % 2 != 0)
        throw Mismatch{"an odd number of hex digits"};
    Frame bytes;
    for (std::size_t i = 0; i != hex.size(); i += 2)
        bytes.push_back(static_cast<std::byte>(digit(hex[i]) << 4U | digit(hex[i + 1])));
    return bytes;
}

Exchange exchange_of(const nlohmann::json& line)
{
    for (const auto& [key, value] : line.items())
        if (key != "label" && key != "cql" && key != "req" && key != "resp" && key != "events")
            throw Mismatch{"an unknown key: " + key};
    Exchange exchange{.label = line.at("label"),
                      .request = bytes_of(line.at("req")),
                      .response = bytes_of(line.at("resp")),
                      .events = {}};
    for (const auto& event : line.value("events", nlohmann::json::array()))
        exchange.events.push_back(bytes_of(event));
    return exchange;
}

class Runner
{
public:
    void run(const char* path)
    {
        std::ifstream file{path};
        if (!file)
            count(path, 0, "cannot be read");
        golden::Recording recording;
        std::string line;
        for (std::size_t number = 1; std::getline(file, line); ++number)
            if (!line.empty())
                count(path, number, failure_of(recording, line));
    }

    bool report() const
    {
        std::cout << passed_ << " passed, " << failed_ << " failed\n";
        return failed_ == 0 && passed_ != 0;
    }

private:
    static std::string failure_of(golden::Recording& recording, const std::string& line)
    {
        std::string label = "?";
        try {
            const auto exchange = exchange_of(nlohmann::json::parse(line));
            label = exchange.label;
            recording.check(exchange);
            return {};
        } catch (const std::exception& problem) {
            return label + ": " + problem.what();
        }
    }

    void count(const char* path, std::size_t line, const std::string& failure)
    {
        ++(failure.empty() ? passed_ : failed_);
        if (!failure.empty())
            std::cout << path << ":" << line << ": " << failure << "\n";
    }

    std::size_t passed_ = 0;
    std::size_t failed_ = 0;
};

}

int main(int argc, char** argv)
{
    Runner runner;
    for (int i = 1; i < argc; ++i)
        runner.run(argv[i]);
    return runner.report() ? 0 : 1;
}
