#pragma once

#include <exception>
#include <type_traits>
#include <utility>

// What is made of an operation's answer before its handler is called.

namespace coodie::detail {

/// The answer as it came.
struct Unchanged
{
};

/// Nothing of it but its error.
struct NoAnswer
{
    template <class Answer> void operator()(const Answer&) const noexcept {}
};

template <class Adapt, class... Answer> struct Adapted : std::invoke_result<Adapt&, Answer...>
{
};
template <> struct Adapted<Unchanged> : std::type_identity<void>
{
};
template <class Answer> struct Adapted<Unchanged, Answer> : std::type_identity<Answer>
{
};

template <class T> struct SignatureOf : std::type_identity<void(std::exception_ptr, T)>
{
};
template <> struct SignatureOf<void> : std::type_identity<void(std::exception_ptr)>
{
};

template <class Handler, class Adapt, class... Answer>
void call(Handler handler, Adapt& adapt, std::exception_ptr error, Answer... answer)
{
    using T = typename Adapted<Adapt, Answer...>::type;
    if constexpr (std::is_same_v<Adapt, Unchanged>)
        std::move(handler)(std::move(error), std::move(answer)...);
    else if constexpr (std::is_void_v<T>) {
        try {
            if (!error)
                adapt(std::move(answer)...);
        } catch (...) {
            error = std::current_exception();
        }
        std::move(handler)(std::move(error));
    } else {
        static_assert(std::is_default_constructible_v<T>,
                      "coodie: async_ completes with void(std::exception_ptr, T): T needs a default constructor, for "
                      "when there is an error");
        T adapted{};
        try {
            if (!error)
                adapted = adapt(std::move(answer)...);
        } catch (...) {
            error = std::current_exception();
        }
        std::move(handler)(std::move(error), std::move(adapted));
    }
}

}
