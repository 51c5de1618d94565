#include "writes.hpp"

#include "reads.hpp"

#include <charconv>
#include <coodie/codec.hpp>

namespace soak {

using coodie::Opcode;

namespace {

std::int64_t number_in(std::string_view cql)
{
    std::int64_t number = -1;
    const auto digits = cql.substr(std::string_view{Writes::as_text}.size());
    std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return number;
}

}

coodie::testing::Primed Writes::statement()
{
    using coodie::testing::column, coodie::testing::primed;
    return primed(text).binding({column("id", "bigint", "soak", "rows")}).keyed_by({0});
}

std::optional<std::int64_t> Writes::next()
{
    const auto number = next_.fetch_add(1);
    return number < most ? std::optional{number} : std::nullopt;
}

void Writes::acknowledged(std::int64_t number)
{
    each_[static_cast<std::size_t>(number)].fetch_or(acknowledged_bit);
}

void Writes::took(std::int64_t number)
{
    if (number < 0 || number >= most)
        return;
    auto& of_number = each_[static_cast<std::size_t>(number)];
    of_number.fetch_or((of_number & once) != 0 ? again : once);
}

/// A statement that its node has forgotten has no text here, and is answered UNPREPARED.
void Writes::seen(const coodie::testing::RecordedRequest& request)
{
    if (request.opcode == Opcode::query && request.contains(as_text))
        return took(number_in(request.cql.front()));
    if ((request.opcode != Opcode::execute && request.opcode != Opcode::batch) || !request.contains(text))
        return;
    for (std::size_t place = 0; place != request.values.count(); ++place)
        took(bigint_at(request, place));
}

std::int64_t Writes::count(std::uint8_t mask, std::uint8_t value) const
{
    std::int64_t sum = 0;
    for (std::int64_t number = 0; number != begun(); ++number)
        sum += (each_[static_cast<std::size_t>(number)] & mask) == value;
    return sum;
}

std::int64_t Writes::seen_twice() const
{
    return count(again, again);
}

std::int64_t Writes::acknowledged_unseen() const
{
    return count(acknowledged_bit | once, acknowledged_bit);
}

}
