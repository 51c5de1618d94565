#include "parts.hpp"

#include <CLI/CLI.hpp>
#include <coodie/exceptions.hpp>
#include <csignal>
#include <fstream>
#include <iostream>
#include <sstream>

namespace {

using namespace coodie::testing;
using namespace fake_cluster;

struct Arguments
{
    std::string file;
    std::optional<std::uint16_t> port;
    bool verbose = false;
};

Json json_of(const std::string& file)
{
    std::ifstream in{file};
    if (!in)
        throw BadFile{file + ": cannot be read"};
    try {
        return Json::parse(in, nullptr, true, true);
    } catch (const Json::exception& wrong) {
        throw BadFile{file + ": " + wrong.what()};
    }
}

void fill(FakeCluster& cluster, const Description& file)
{
    file.if_has("statements", [&](const auto& statements) {
        for (const auto& statement : statements.elements())
            cluster.prime(statement_of(statement));
    });
    // The newest rule decides; in a file the first one shall.
    file.if_has("rules", [&](const auto& rules) {
        auto all = rules.elements();
        for (auto rule = all.rbegin(); rule != all.rend(); ++rule)
            cluster.add_rule(rule_of(*rule));
    });
}

std::string line_of(const RecordedRequest& request)
{
    std::ostringstream line;
    line << "node " << request.node << " connection " << request.connection << " " << coodie::name_of(request.opcode);
    if (request.consistency)
        line << " " << coodie::name_of(*request.consistency);
    for (const auto& cql : request.cql)
        line << " | " << cql;
    if (request.values.count() != 0)
        line << " (" << request.values.count() << " values)";
    if (!request.problem.empty())
        line << " unreadable: " << request.problem;
    return line.str();
}

void say(const std::string& line)
{
    std::cout << line << std::endl;
}

/// Serves until it is told to stop.
void serve(const Arguments& arguments, const sigset_t& ends)
{
    const auto json = json_of(arguments.file);
    const Description file{json, arguments.file};
    auto options = options_of(file);
    options.port = arguments.port.value_or(options.port);
    FakeCluster cluster{std::move(options)};
    fill(cluster, file);
    if (arguments.verbose)
        cluster.watch([](const RecordedRequest& request) { say(line_of(request)); });
    for (const auto& point : cluster.contact_points())
        say("listening on " + point);
    int signal = 0;
    sigwait(&ends, &signal);
    say("stopped");
}

/// SIGINT and SIGTERM, blocked in this thread and in all that it will start.
sigset_t block_ends()
{
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGINT);
    sigaddset(&ends, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &ends, nullptr);
    return ends;
}

}

int main(int count, char** words)
{
    Arguments arguments;
    CLI::App app{"Runs a cluster of scripted nodes that talk CQL v4 on the loopback interface, as FILE describes it:\n"
                 "nodes, schema, statements with their answers, and rules for what goes wrong. It is no database:\n"
                 "what the file does not speak of is answered with no rows. Ends on SIGINT or SIGTERM.\n"
                 "tools/fake_cluster/README.md says what a file may hold; example.json beside it is one."};
    app.add_option("FILE", arguments.file, "JSON that describes the cluster")->required();
    app.add_option("--port", arguments.port, "port of all nodes; 0: one that is free (default: the file's, or 9042)");
    app.add_flag("-v,--verbose", arguments.verbose, "print every request that comes");
    CLI11_PARSE(app, count, words);
    const auto ends = block_ends();
    try {
        serve(arguments, ends);
        return 0;
    } catch (const BadFile& wrong) {
        std::cerr << "fake-cluster: " << wrong.what() << "\n";
    } catch (const coodie::CoodieError& wrong) {
        std::cerr << "fake-cluster: " << wrong.error().message() << "\n";
    }
    return 2;
}
