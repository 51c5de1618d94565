#include "parts.hpp"

namespace fake_cluster {
namespace {

using namespace coodie;
using namespace coodie::testing;

std::chrono::microseconds time_of(const Description& milliseconds)
{
    return std::chrono::microseconds{static_cast<std::int64_t>(milliseconds.number() * 1000)};
}

std::size_t count_of(const Description& description)
{
    return static_cast<std::size_t>(description.whole_number(0, 1'000'000'000));
}

Opcode opcode_of(const Description& description)
{
    for (const auto opcode : {Opcode::options, Opcode::startup, Opcode::auth_response, Opcode::register_, Opcode::query,
                              Opcode::prepare, Opcode::execute, Opcode::batch})
        if (name_of(opcode) == description.text())
            return opcode;
    description.fail("'" + description.text() +
                     "' is none of OPTIONS, STARTUP, AUTH_RESPONSE, REGISTER, QUERY, PREPARE, EXECUTE, BATCH");
}

Consistency consistency_of(const Description& description)
{
    if (const auto level = consistency_named(description.text()))
        return *level;
    description.fail("'" + description.text() + "' is no consistency level");
}

void read_condition(const Description& description, Condition& condition)
{
    description.if_has("on", [&](const auto& name) { condition.opcode = opcode_of(name); });
    description.if_has("node", [&](const auto& node) { condition.node = count_of(node); });
    description.if_has("connection", [&](const auto& number) { condition.connection = count_of(number); });
    description.if_has("control", [&](const auto& truth) { condition.control = truth.truth(); });
    description.if_has("containing", [&](const auto& text) { condition.text = text.text(); });
    description.if_has("consistency", [&](const auto& level) { condition.consistency = consistency_of(level); });
}

void read_turn(const Description& description, Rule& rule)
{
    description.if_has("times", [&](const auto& number) { rule.times(count_of(number)); });
    description.if_has("nth", [&](const auto& number) { rule.nth(count_of(number)); });
    description.if_has("every", [&](const auto& number) { rule.every(count_of(number)); });
    description.if_has("probability", [&](const auto& share) { rule.with_probability(share.number()); });
}

void read_delivery(const Description& description, Rule& rule)
{
    description.if_has("stream", [&](const auto& stream) {
        rule.on_stream(static_cast<std::int16_t>(stream.whole_number(-32'768, 32'767)));
    });
    description.if_has("length", [&](const auto& length) {
        rule.claiming(static_cast<std::int32_t>(length.whole_number(INT32_MIN, INT32_MAX)));
    });
    description.if_has("version", [&](const auto& version) {
        rule.in_version(static_cast<std::uint8_t>(version.whole_number(0, 255)));
    });
    description.if_has("corrupt", [&](const auto& byte) { rule.corrupted(count_of(byte)); });
    description.if_has("cut_after", [&](const auto& bytes) { rule.cut_after(count_of(bytes)); });
    description.if_has("copies", [&](const auto& number) { rule.copies(count_of(number)); });
    description.if_has("dribble", [&](const auto& dribble) {
        dribble.only({"bytes", "pause"});
        rule.dribbled(count_of(dribble.at("bytes")), time_of(dribble.at("pause")));
    });
}

void read_word(const Description& step, Rule& rule)
{
    const auto word = step.text();
    if (word == "normal")
        rule.reply_normally();
    else if (word == "drop")
        rule.drop();
    else if (word == "close")
        rule.close();
    else if (word == "reset")
        rule.reset();
    else if (word == "freeze")
        rule.freeze();
    else if (word == "void")
        rule.reply(void_answer());
    else
        step.fail("'" + word + "' is none of normal, void, drop, close, reset, freeze");
}

void read_step(const Description& step, Rule& rule)
{
    if (step.json().is_string())
        read_word(step, rule);
    else if (step.has("wait"))
        rule.wait(time_of(step.only({"wait"}).at("wait")));
    else if (step.has("forge")) {
        auto bytes = parse_hex(step.only({"forge"}).at("forge").text());
        if (!bytes)
            step.fail("forged bytes are written in hexadecimal digits");
        rule.forge(*std::move(bytes));
    } else
        rule.reply(answer_of(step));
}

}

Rule rule_of(const Description& description)
{
    description.only({"name",   "on",      "node",    "connection",  "control", "containing", "consistency",
                      "times",  "nth",     "every",   "probability", "after",   "do",         "stream",
                      "length", "version", "corrupt", "cut_after",   "copies",  "dribble"});
    Rule rule;
    rule.named(description.text_or("name", ""));
    read_condition(description, rule.condition);
    read_turn(description, rule);
    read_delivery(description, rule);
    description.if_has("do", [&](const auto& steps) {
        for (const auto& step : steps.elements())
            read_step(step, rule);
    });
    description.if_has("after", [&](const auto& time) { rule.after(time_of(time)); });
    return rule;
}

}
