#pragma once

#include <chrono>
#include <coodie/export.hpp>
#include <coodie/testing/answer.hpp>
#include <coodie/testing/condition.hpp>
#include <variant>

namespace coodie::testing {

/// What a rule does, one step after the other.
namespace step {
struct Wait
{
    std::chrono::microseconds least;
    std::chrono::microseconds most; ///< evenly between both
};
struct Reply
{
    Answer answer;
};
struct ReplyMade
{
    std::function<Answer(const RecordedRequest&)> make;
};
struct ReplyNormally ///< what the node would have answered
{
};
struct Forge ///< bytes as they stand
{
    std::vector<std::byte> bytes;
};
struct Drop ///< no answer
{
};
struct Close ///< after what was sent
{
};
struct Reset ///< at once, with RST
{
};
struct Freeze ///< the connection: nothing is read or written any more
{
};
struct Run
{
    std::function<void(const RecordedRequest&)> function;
};
}
using Step = std::variant<step::Wait, step::Reply, step::ReplyMade, step::ReplyNormally, step::Forge, step::Drop,
                          step::Close, step::Reset, step::Freeze, step::Run>;

/// How the frames that a rule sends travel.
struct Delivery
{
    std::optional<std::int16_t> stream = {};         ///< instead of the request's
    std::optional<std::int32_t> claimed_length = {}; ///< instead of the body's
    std::optional<std::uint8_t> version = {};        ///< instead of 0x84
    std::optional<std::size_t> corrupted = {};       ///< this byte of the body is flipped
    std::optional<std::size_t> cut_after = {};       ///< no more bytes of the frame than these
    std::size_t copies = 1;
    bool held = false;                  ///< until FakeCluster::release
    std::size_t piece_size = 0;         ///< bytes at a time; 0: all at once
    std::chrono::microseconds pause{0}; ///< between the pieces
};

/// A condition, and what happens to requests that fit it. A rule without a step that answers or refuses to leaves the
/// answer as it is: `on(Opcode::query).after(10ms)` is a slow node.
struct COODIE_API Rule : ConditionWords<Rule>
{
    Condition condition = {};
    std::vector<Step> steps = {};
    Delivery delivery = {};
    std::string name = {};
    std::optional<std::size_t> uses_left = {}; ///< none: without end
    std::size_t first = 1;                     ///< of the requests that fit, the first that is taken
    std::size_t period = 1;                    ///< from there, every so many
    double probability = 1;

    // When: of the requests that fit.
    Rule& times(std::size_t uses);
    Rule& nth(std::size_t number); ///< that one only, counted from 1
    Rule& every(std::size_t number);
    Rule& with_probability(double share);
    Rule& named(std::string text); ///< for FakeCluster::remove_rules and uses_of

    // What, in this order.
    Rule& reply(Answer answer);
    Rule& reply(std::function<Answer(const RecordedRequest&)> make); ///< called on the cluster's thread
    Rule& reply_normally();
    Rule& forge(std::vector<std::byte> raw);
    Rule& forge(std::string_view raw);
    Rule& wait(std::chrono::microseconds least, std::chrono::microseconds most = {});
    Rule& drop();
    Rule& close();
    Rule& reset();
    Rule& freeze();
    Rule& run(std::function<void(const RecordedRequest&)> function); ///< on the cluster's thread

    /// Before all steps.
    Rule& after(std::chrono::microseconds least, std::chrono::microseconds most = {});

    // How.
    Rule& on_stream(std::int16_t stream);
    Rule& claiming(std::int32_t length);
    Rule& in_version(std::uint8_t version);
    Rule& corrupted(std::size_t byte_of_body = 0);
    Rule& cut_after(std::size_t bytes_of_frame);
    Rule& copies(std::size_t number);
    Rule& twice() { return copies(2); }
    Rule& held();
    Rule& dribbled(std::size_t bytes_at_a_time = 1, std::chrono::microseconds pause = std::chrono::milliseconds{1});
};

/// A rule as a value: `const auto slow = on(Opcode::execute).at(1).after(10ms);`
inline Rule on(Opcode opcode)
{
    Rule made;
    made.condition.opcode = opcode;
    return made;
}
inline Rule on_any()
{
    return {};
}

}
