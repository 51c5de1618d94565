#include "options.hpp"

#include <CLI/CLI.hpp>

namespace load {

Options parse(int argc, char** argv)
{
    Options options;
    CLI::App app{"Writes to a cluster and keeps accounts: is every request answered, is every acknowledged write there "
                 "afterwards, was no increment counted twice? Lines on standard input go into the account as events, "
                 "`end` ends the run early."};
    app.name("coodie-ledger");
    app.add_option("--hosts", options.session.hosts, "host[:port], separated by commas")->delimiter(',')->required();
    app.add_option("--seconds", options.seconds, "how long to write")
        ->check(CLI::Range(1, 86'400))
        ->capture_default_str();
    app.add_option("--in-flight", options.in_flight, "requests at a time")
        ->check(CLI::Range(1, 4'096))
        ->capture_default_str();
    app.add_option("--keyspace", options.keyspace, "made, and dropped afterwards")->capture_default_str();
    app.add_option("--replication-factor", options.replication_factor, "of the keyspace")
        ->check(CLI::Range(1, 100))
        ->capture_default_str();
    app.add_flag("--keep", options.keep, "do not drop the keyspace");
    app.add_option("--username", options.session.username,
                   "for PLAIN authentication; COODIE_PASSWORD has the password");
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        std::exit(app.exit(error));
    }
    if (const char* password = std::getenv("COODIE_PASSWORD"))
        options.session.password = password;
    return options;
}

}
