#pragma once

// Everything but the async_ names, which are in async.hpp: no Asio here.

#include <coodie/ascii.hpp>
#include <coodie/blob.hpp>
#include <coodie/calendar.hpp>
#include <coodie/container_codecs.hpp>
#include <coodie/cql_driver.hpp>
#include <coodie/decimal.hpp>
#include <coodie/driver.hpp>
#include <coodie/duration.hpp>
#include <coodie/exceptions.hpp>
#include <coodie/execute_raw.hpp>
#include <coodie/inet.hpp>
#include <coodie/init.hpp>
#include <coodie/keyspace.hpp>
#include <coodie/mapping/ddl.hpp>
#include <coodie/mapping/verbs.hpp>
#include <coodie/registry.hpp>
#include <coodie/session.hpp>
#include <coodie/time_uuid.hpp>
#include <coodie/uuid.hpp>
#include <coodie/value.hpp>
#include <coodie/varint.hpp>
#include <coodie/version.hpp>
