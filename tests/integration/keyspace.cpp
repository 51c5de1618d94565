#include "keyspace.hpp"

#include "hosts.hpp"

#include <exception>

namespace integration {

coodie::Session connect()
{
    constexpr std::chrono::seconds patience{60};
    auto options = options_for();
    options.connect_timeout = patience;
    options.request_timeout = patience;
    return coodie::Session::connect(std::move(options));
}

Keyspace::Keyspace(coodie::Session& session, std::string name) : session_{session}, name_{std::move(name)}
{
    session_.execute("DROP KEYSPACE IF EXISTS " + name_);
    session_.execute("CREATE KEYSPACE " + name_ +
                     " WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}");
    session_.set_keyspace(name_);
}

Keyspace::~Keyspace()
{
    try {
        session_.execute("DROP KEYSPACE IF EXISTS " + name_);
    } catch (const std::exception&) {
        // The next run drops it.
    }
}

}
