#include "python_type.hpp"

namespace cases {

namespace {

/// Reads one annotation from left to right.
class Parser
{
public:
    explicit Parser(std::string_view text) : text_{text} {}

    Annotation whole()
    {
        auto annotation = alternatives();
        if (at_ != text_.size())
            throw UnknownCase{"annotation " + std::string{text_}};
        return annotation;
    }

private:
    Annotation alternatives()
    {
        auto first = single();
        if (peek() != '|')
            return first;
        Annotation both{"Union", {std::move(first)}, {}, true};
        while (take('|'))
            both.elements.push_back(single());
        return both;
    }
    Annotation single()
    {
        Annotation annotation{word(), {}, {}, false};
        if (take('[')) {
            annotation.bracketed = true;
            do
                annotation.elements.push_back(alternatives());
            while (take(','));
            expect(']');
        }
        if (take('('))
            read_arguments(annotation);
        return annotation;
    }
    void read_arguments(Annotation& annotation)
    {
        while (!take(')')) {
            auto first = word();
            if (take('='))
                annotation.arguments.emplace_back(std::move(first), word());
            else
                annotation.arguments.emplace_back("", std::move(first));
            take(',');
        }
    }
    std::string word()
    {
        skip_blanks();
        std::string found;
        while (at_ != text_.size() && std::string_view{"[](),|="}.find(text_[at_]) == std::string_view::npos)
            found += text_[at_++];
        while (!found.empty() && found.back() == ' ')
            found.pop_back();
        return found;
    }
    char peek()
    {
        skip_blanks();
        return at_ == text_.size() ? '\0' : text_[at_];
    }
    bool take(char c)
    {
        if (peek() != c)
            return false;
        ++at_;
        return true;
    }
    void expect(char c)
    {
        if (!take(c))
            throw UnknownCase{"annotation " + std::string{text_}};
    }
    void skip_blanks()
    {
        while (at_ != text_.size() && text_[at_] == ' ')
            ++at_;
    }

    std::string_view text_;
    std::size_t at_ = 0;
};

}

Annotation parse_annotation(std::string_view text)
{
    return Parser{text}.whole();
}

}
