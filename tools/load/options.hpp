#pragma once

#include <coodie/session.hpp>
#include <string>

namespace load {

struct Options
{
    coodie::SessionOptions session;
    std::string keyspace = "coodie_ledger";
    int replication_factor = 3;
    int seconds = 30;
    int in_flight = 64;
    bool keep = false;
};

/// Ends the program after --help, and with a sentence about words that it does not know.
Options parse(int argc, char** argv);

}
