#pragma once

#include <coodie/session.hpp>
#include <string>

namespace integration {

/// A session with the cluster that COODIE_HOSTS names, patient enough for a busy machine.
coodie::Session connect();

/// A keyspace of one's own, in use by the session, dropped at the end.
class Keyspace
{
public:
    Keyspace(coodie::Session& session, std::string name);
    ~Keyspace();
    Keyspace(const Keyspace&) = delete;
    Keyspace& operator=(const Keyspace&) = delete;

private:
    coodie::Session& session_;
    std::string name_;
};

}
