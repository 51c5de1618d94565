#pragma once

// What a session decides by, for who chooses or writes policies: SessionOptions names them, this header has them whole.
#include <coodie/address_translation.hpp>
#include <coodie/execution_profile.hpp>
#include <coodie/host_listener.hpp>
#include <coodie/load_balancing.hpp>
#include <coodie/reconnection_policy.hpp>
#include <coodie/retry_policy.hpp>
#include <coodie/speculative_execution.hpp>
#include <coodie/timestamp_generator.hpp>
