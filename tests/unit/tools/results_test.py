"""Is every test case counted once, and nothing that did not run counted as passed?"""

import unittest

from counted import main
from commands.results import Count, cases_in, excerpt, judge

DOCTEST = "[doctest] test cases:  12 |  11 passed | 1 failed | 0 skipped\n[doctest] assertions: 40 | 39 passed | 1 failed |\n"


class Results(unittest.TestCase):
    def test_doctest_and_plain_summaries_are_added(self):
        self.assertEqual(cases_in(DOCTEST + "3 passed, 0 failed\n"), Count(14, 1))

    def test_colours_do_not_hide_a_summary(self):
        self.assertEqual(cases_in("\033[0;36m[doctest] \033[0mtest cases: 2 | \033[0;32m2 passed\033[0m | 0 failed |"), Count(2, 0))

    def test_a_program_that_counts_nothing_is_one_case(self):
        self.assertEqual(judge("a", "OK", "").count, Count(1, 0))
        self.assertEqual(judge("a", "FAIL", "").count, Count(0, 1))

    def test_a_program_that_ends_badly_has_failed_whatever_it_counted(self):
        for result in ("FAIL", "TIMEOUT", "ERROR", "INTERRUPT"):
            with self.subTest(result):
                judged = judge("a", result, "5 passed, 0 failed\n")
                self.assertEqual(judged.count, Count(5, 1))
                self.assertTrue(judged.reason)

    def test_a_skip_is_a_failure_with_its_reason(self):
        skipped = judge("a", "SKIP", "no server\n")
        self.assertEqual((skipped.count, skipped.reason), (Count(0, 1), "skipped"))

    def test_a_skipped_case_counts_as_failed(self):
        self.assertEqual(cases_in("[doctest] test cases: 2 | 2 passed | 0 failed | 1 skipped"), Count(2, 1))

    def test_an_excerpt_begins_where_it_goes_wrong(self):
        output = "fine\n" * 100 + "x_test.cpp:3: ERROR: CHECK( 1 == 2 )\n" + "after\n" * 100
        self.assertIn("x_test.cpp:3: ERROR: CHECK( 1 == 2 )", excerpt(output)[:5])


if __name__ == "__main__":
    main()
