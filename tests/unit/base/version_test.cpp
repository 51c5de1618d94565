#include <algorithm>
#include <coodie/version.hpp>
#include <doctest/doctest.h>

TEST_CASE("the version has three numbers")
{
    const auto text = coodie::version();
    CHECK(std::count(text.begin(), text.end(), '.') == 2);
}
