#include <doctest/doctest.h>
#include <lib/policies/lightweight.hpp>

using coodie::policies::is_lightweight;

TEST_CASE("a write with an IF is a lightweight transaction, and nothing else is one")
{
    for (const char* cql : {
             "INSERT INTO t (k) VALUES (?) IF NOT EXISTS",
             "  update t SET v = ? WHERE k = ?\nif v = ?",
             "-- if it is there\nDELETE FROM t WHERE k = 'it''s' If EXISTS",
             "/* a */BEGIN UNLOGGED BATCH UPDATE t SET v = 1 WHERE k = 1 IF v = 0; APPLY BATCH",
             "DELETE FROM t WHERE k=1/**/IF/**/v=1",
             "INSERT INTO t JSON $$ {\"k\": 1} $$ IF NOT EXISTS",
         })
    {
        CAPTURE(cql);
        CHECK(is_lightweight(cql));
    }
    for (const char* cql : {
             "",
             "if",
             "SELECT k FROM t WHERE k = 1",
             "CREATE TABLE IF NOT EXISTS t (k int PRIMARY KEY)",
             "DROP TABLE IF EXISTS t",
             "INSERT INTO t (k) VALUES (' if ')",
             "INSERT INTO t (k) VALUES ('it''s if ''')",
             "UPDATE t SET \"if\" = 1 WHERE k = 1",
             "UPDATE t SET if_ = 1, gif = 2, if2 = 3 WHERE k = 1 -- if",
             "UPDATE t SET v = 1 WHERE k = 1 // if\n",
             "UPDATE t SET v = 1 /* if */ WHERE k = 1 /* if",
             "INSERT INTO t (k) VALUES ($$ if $$)",
             "INSERT INTO t (k) VALUES ('if",
             "BEGIN BATCH DELETE FROM t WHERE k = 1; APPLY BATCH",
         })
    {
        CAPTURE(cql);
        CHECK_FALSE(is_lightweight(cql));
    }
}
