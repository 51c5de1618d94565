#include "faults.hpp"

#include "reads.hpp"
#include "writes.hpp"

namespace soak {

using namespace coodie;
using namespace coodie::testing;
using namespace std::chrono_literals;

namespace {

std::string node_name(std::size_t node)
{
    return "node " + std::to_string(node);
}

}

std::string Faults::begin()
{
    using Fault = std::string (Faults::*)();
    constexpr Fault all[] = {&Faults::stop,    &Faults::stop_all, &Faults::freeze,        &Faults::freeze_answers,
                             &Faults::reset,   &Faults::close,    &Faults::forget,        &Faults::slow_down,
                             &Faults::swallow, &Faults::corrupt,  &Faults::refuse,        &Faults::add_or_remove,
                             &Faults::flood,   &Faults::stop,     &Faults::change_schema, &Faults::add_or_remove};
    return (this->*all[below(std::size(all))])();
}

void Faults::end()
{
    if (const auto undo = std::exchange(undo_, {}))
        undo();
}

std::string Faults::stop()
{
    const auto node = some_node();
    cluster_.stop(node);
    undo_ = [this, node] {
        cluster_.start(node);
        cluster_.push_status("UP", node);
    };
    return "stop " + node_name(node);
}

std::string Faults::stop_all()
{
    for (std::size_t node = 0; node != 3; ++node)
        cluster_.stop(node);
    undo_ = [this] {
        for (std::size_t node = 0; node != 3; ++node)
            cluster_.start(node);
    };
    return "stop the three first nodes";
}

std::string Faults::freeze()
{
    const auto node = some_node();
    cluster_.freeze(node);
    undo_ = [this, node] { cluster_.thaw(node); };
    return "freeze " + node_name(node);
}

std::string Faults::freeze_answers()
{
    const auto node = some_node();
    cluster_.freeze(node, Frozen::answering);
    undo_ = [this, node] { cluster_.thaw(node); };
    return "freeze the answers of " + node_name(node);
}

std::string Faults::reset()
{
    const auto node = some_node();
    cluster_.reset_connections(node);
    return "reset the connections of " + node_name(node);
}

std::string Faults::close()
{
    const auto node = some_node();
    cluster_.close_connections(node);
    return "close the connections of " + node_name(node);
}

std::string Faults::forget()
{
    for (std::size_t node = 0; node != 3; ++node)
        cluster_.forget_prepared(node);
    return "forget what was prepared";
}

/// In place of what the nodes do otherwise. No other rule of the same fault may fit what this fits: one of them would
/// be alone for a moment.
void Faults::with_rule(Rule rule)
{
    cluster_.add_rule(rule.named("fault"));
    undo_ = [this] { cluster_.remove_rules("fault"); };
}

std::string Faults::slow_down()
{
    const auto node = some_node();
    for (const auto opcode : {Opcode::query, Opcode::prepare, Opcode::batch, Opcode::options})
        with_rule(on(opcode).at(node).after(1ms, 80ms));
    with_rule(on(Opcode::execute).containing(Writes::text).at(node).after(1ms, 80ms));
    with_rule(on(Opcode::execute).containing(Reads::text).at(node).reply(&Reads::answer).after(1ms, 80ms));
    return "slow answers of " + node_name(node);
}

std::string Faults::swallow()
{
    with_rule(on_any().on_data().with_probability(0.02).drop());
    return "swallow one request in 50";
}

std::string Faults::corrupt()
{
    with_rule(on(Opcode::execute).with_probability(0.001).reply_normally().cut_after(12).close());
    return "cut one answer in 1000";
}

std::string Faults::refuse()
{
    with_rule(
        on(Opcode::execute).containing("SELECT").with_probability(0.3).reply(error(errc::server_overloaded, "busy")));
    return "overloaded, for three reads in ten";
}

std::string Faults::add_or_remove()
{
    if (added_) {
        remove_added();
        return "remove the fourth node";
    }
    added_ = cluster_.add_node({});
    cluster_.push_topology("NEW_NODE", *added_);
    return "add a fourth node";
}

void Faults::remove_added()
{
    if (!added_)
        return;
    cluster_.remove_node(*added_);
    cluster_.push_topology("REMOVED_NODE", *added_);
    added_.reset();
}

/// A table more, and the oldest of them gone, so that the schema stays as large as it is.
std::string Faults::change_schema()
{
    const auto name = "t" + std::to_string(schemas_++ % 5);
    cluster_.change_schema([&](FakeSchema& schema) {
        auto& tables = schema.front().tables;
        std::erase_if(tables, [&](const auto& table) { return table.name == name; });
        tables.push_back(table(name, {{"id", "bigint"}, {"value" + std::to_string(schemas_), "text"}}));
    });
    cluster_.push(SchemaChange{"UPDATED", "TABLE", "soak", name, {}});
    return "change table " + name;
}

std::string Faults::flood()
{
    for (int n = 0; n < 3'000; ++n) {
        cluster_.push_status(n % 2 == 0 ? "DOWN" : "UP", some_node());
        cluster_.push(SchemaChange{"UPDATED", "KEYSPACE", "soak", {}, {}});
    }
    return "a flood of 6000 events";
}

}
