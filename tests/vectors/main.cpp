// Runs facts about the protocol: vectors FILE...
// A line is a JSON object: kind, input, expected, source.
#include "kinds.hpp"

#include <fstream>
#include <iostream>
#include <map>

namespace {

using namespace vectors;

std::map<std::string_view, Check> all_checks()
{
    std::map<std::string_view, Check> checks;
    for (const auto& kinds :
         {token_kinds(), scylla_kinds(), value_kinds(), type_kinds(), frame_kinds(), request_kinds(), response_kinds(),
          result_kinds(), compression_kinds(), replica_kinds(), retry_kinds()})
        for (const auto& [name, check] : kinds)
            checks.emplace(name, check);
    return checks;
}

class Runner
{
public:
    void run(const char* path)
    {
        std::ifstream file{path};
        if (!file)
            count(path, 0, "cannot be read");
        std::string line;
        for (std::size_t number = 1; std::getline(file, line); ++number)
            if (!line.empty())
                count(path, number, failure_of(line));
    }

    bool report() const
    {
        std::cout << passed_ << " passed, " << failed_ << " failed\n";
        return failed_ == 0 && passed_ != 0;
    }

private:
    std::string failure_of(const std::string& line) const
    {
        std::string what = "?";
        try {
            const auto fact = Json::parse(line);
            const auto& kind = fact.at("kind").get_ref<const std::string&>();
            what = kind + " (" + fact.value("source", "no source") + ")";
            const auto check = checks_.find(kind);
            expect(check != checks_.end(), "a kind that this program does not know");
            check->second(fact.at("input"), fact.at("expected"));
            return {};
        } catch (const std::exception& problem) {
            return what + ": " + problem.what();
        }
    }

    void count(const char* path, std::size_t line, const std::string& failure)
    {
        ++(failure.empty() ? passed_ : failed_);
        if (!failure.empty())
            std::cout << path << ":" << line << ": " << failure << "\n";
    }

    const std::map<std::string_view, Check> checks_ = all_checks();
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
