#include <coodie/testing/rule.hpp>

namespace coodie::testing {
namespace {

step::Wait waiting(std::chrono::microseconds least, std::chrono::microseconds most)
{
    return {least, std::max(least, most)};
}

}

Rule& Rule::times(std::size_t uses)
{
    uses_left = uses;
    return *this;
}

Rule& Rule::nth(std::size_t number)
{
    first = number;
    return times(1);
}

Rule& Rule::every(std::size_t number)
{
    first = period = number;
    return *this;
}

Rule& Rule::with_probability(double share)
{
    probability = share;
    return *this;
}

Rule& Rule::named(std::string text)
{
    name = std::move(text);
    return *this;
}

Rule& Rule::reply(Answer answer)
{
    steps.emplace_back(step::Reply{std::move(answer)});
    return *this;
}

Rule& Rule::reply(std::function<Answer(const RecordedRequest&)> make)
{
    steps.emplace_back(step::ReplyMade{std::move(make)});
    return *this;
}

Rule& Rule::reply_normally()
{
    steps.emplace_back(step::ReplyNormally{});
    return *this;
}

Rule& Rule::forge(std::vector<std::byte> raw)
{
    steps.emplace_back(step::Forge{std::move(raw)});
    return *this;
}

Rule& Rule::forge(std::string_view raw)
{
    return forge(blob(raw));
}

Rule& Rule::wait(std::chrono::microseconds least, std::chrono::microseconds most)
{
    steps.emplace_back(waiting(least, most));
    return *this;
}

Rule& Rule::drop()
{
    steps.emplace_back(step::Drop{});
    return *this;
}

Rule& Rule::close()
{
    steps.emplace_back(step::Close{});
    return *this;
}

Rule& Rule::reset()
{
    steps.emplace_back(step::Reset{});
    return *this;
}

Rule& Rule::freeze()
{
    steps.emplace_back(step::Freeze{});
    return *this;
}

Rule& Rule::run(std::function<void(const RecordedRequest&)> function)
{
    steps.emplace_back(step::Run{std::move(function)});
    return *this;
}

Rule& Rule::after(std::chrono::microseconds least, std::chrono::microseconds most)
{
    steps.emplace(steps.begin(), waiting(least, most));
    return *this;
}

Rule& Rule::on_stream(std::int16_t stream)
{
    delivery.stream = stream;
    return *this;
}

Rule& Rule::claiming(std::int32_t length)
{
    delivery.claimed_length = length;
    return *this;
}

Rule& Rule::in_version(std::uint8_t version)
{
    delivery.version = version;
    return *this;
}

Rule& Rule::corrupted(std::size_t byte_of_body)
{
    delivery.corrupted = byte_of_body;
    return *this;
}

Rule& Rule::cut_after(std::size_t bytes_of_frame)
{
    delivery.cut_after = bytes_of_frame;
    return *this;
}

Rule& Rule::copies(std::size_t number)
{
    delivery.copies = number;
    return *this;
}

Rule& Rule::held()
{
    delivery.held = true;
    return *this;
}

Rule& Rule::dribbled(std::size_t bytes_at_a_time, std::chrono::microseconds pause)
{
    delivery.piece_size = bytes_at_a_time;
    delivery.pause = pause;
    return *this;
}

}
