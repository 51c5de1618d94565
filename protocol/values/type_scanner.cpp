#include <charconv>
#include <limits>
#include <protocol/values/type_scanner.hpp>

namespace coodie::protocol {

namespace {

bool is_word(char sign) noexcept
{
    return (sign >= 'a' && sign <= 'z') || (sign >= 'A' && sign <= 'Z') || (sign >= '0' && sign <= '9') ||
           sign == '_' || sign == '.' || sign == '$' || sign == '-' || sign == '+';
}

}

void TypeScanner::skip_spaces() noexcept
{
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\n'))
        ++at_;
}

std::string_view TypeScanner::word() noexcept
{
    skip_spaces();
    const auto begin = at_;
    while (at_ < text_.size() && is_word(text_[at_]))
        ++at_;
    return text_from(begin);
}

std::optional<std::string> TypeScanner::quoted(char quote)
{
    if (!take(quote))
        return std::nullopt;
    std::string name;
    while (at_ < text_.size()) {
        const auto sign = text_[at_++];
        if (sign != quote)
            name += sign;
        else if (at_ < text_.size() && text_[at_] == quote)
            name += text_[at_++];
        else
            return name;
    }
    return std::nullopt;
}

bool TypeScanner::take(char sign) noexcept
{
    const auto before = at_;
    skip_spaces();
    if (at_ != text_.size() && text_[at_] == sign) {
        ++at_;
        return true;
    }
    at_ = before;
    return false;
}

bool TypeScanner::at_end() noexcept
{
    skip_spaces();
    return at_ == text_.size();
}

bool TypeScanner::skip_parentheses() noexcept
{
    std::size_t open = 0;
    for (; at_ < text_.size(); ++at_) {
        if (text_[at_] == '(')
            ++open;
        else if (text_[at_] == ')' && --open == 0) {
            ++at_;
            return true;
        }
    }
    return false;
}

std::optional<std::uint32_t> parse_dimension(std::string_view digits) noexcept
{
    std::uint32_t number = 0;
    const auto* end = digits.data() + digits.size();
    const auto [stopped, error] = std::from_chars(digits.data(), end, number);
    if (error != std::errc{} || stopped != end || number > std::numeric_limits<std::int32_t>::max())
        return std::nullopt;
    return number;
}

}
