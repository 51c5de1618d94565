#pragma once

#include <coodie/exceptions.hpp>

/// What a call threw; empty: nothing.
template <class Call> coodie::Error error_of(Call&& call)
{
    try {
        call();
    } catch (const coodie::CoodieError& thrown) {
        return thrown.error();
    }
    return {};
}

template <class Call> coodie::errc code_of(Call&& call)
{
    const auto error = error_of(call);
    return error ? error.code() : coodie::errc{};
}
