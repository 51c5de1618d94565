#include <doctest/doctest.h>
#include <lib/policies/first_answer.hpp>

using namespace coodie;

TEST_CASE("sc-44: an error of one host leaves it to the others, unless all of them would say the same")
{
    struct Example
    {
        errc code;
        bool goes_on;
    };
    constexpr Example examples[]{
        {errc::connection_lost, true},   {errc::tls, true},           {errc::protocol, true},
        {errc::request_timeout, true},   {errc::overloaded, true},    {errc::server_overloaded, true},
        {errc::server_error, true},      {errc::unavailable, true},   {errc::read_timeout, true},
        {errc::write_timeout, true},     {errc::read_failure, true},  {errc::write_failure, true},
        {errc::is_bootstrapping, true},  {errc::rate_limit, true},    {errc::truncate_error, true},
        {errc::no_host_available, true}, {errc::syntax_error, false}, {errc::invalid_request, false},
        {errc::unauthorized, false},     {errc::bad_value, false},    {errc::invalid_query, false},
        {errc::function_failure, false}, {errc::unprepared, false},   {errc::already_exists, false},
        {errc::configuration, false},    {errc::closed, false},       {errc::cancelled, false},
    };
    for (const auto& example : examples) {
        CAPTURE(static_cast<int>(example.code));
        CHECK(policies::may_be_answered_elsewhere(example.code) == example.goes_on);
    }
}
