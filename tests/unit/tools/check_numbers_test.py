"""Is a number that nothing shows found out, and one that a test or a reason shows left alone?"""

import tempfile
import unittest
from pathlib import Path

from counted import main
import check_numbers

ALL = [(series, number) for series, last in check_numbers.SERIES.items() for number in range(1, last + 1)]
WITHOUT = {("cpp", 5), ("sc", 60)}
README = """# tests

## Numbers that have no test

| number | reason |
|---|---|
| cpp-05 (what it is) | we have none, see cpp-06 |
| sc-60 | it takes a day |

## Another table

| sc-99 | is none of these |
"""


def tests_of(numbers):
    return "".join(f'TEST_CASE("{check_numbers.name_of(number)}: it holds")\n' for number in numbers)


def problems(tests, readme=README):
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "tests").mkdir()
        (root / "tests" / "a_test.cpp").write_text(tests)
        (root / "tests" / "README.md").write_text(readme)
        return check_numbers.check(root)[0]


class CheckNumbers(unittest.TestCase):
    complete = tests_of(number for number in ALL if number not in WITHOUT)

    def test_a_number_is_shown_by_a_name_or_by_a_reason(self):
        self.assertEqual(problems(self.complete), [])

    def test_a_number_that_nothing_shows_is_named(self):
        [(number, sentence)] = problems(tests_of(number for number in ALL if number not in WITHOUT | {("cpp", 12)}))
        self.assertEqual(check_numbers.name_of(number), "cpp-12")
        self.assertIn("no test", sentence)

    def test_names_may_be_cut_into_literals_and_have_several_numbers(self):
        rest = tests_of(number for number in ALL if number not in WITHOUT | {("cpp", 1), ("sc", 2), ("sc", 3)})
        self.assertEqual(problems(rest + 'TEST_CASE(\n    "cpp-1, sc-02 and "\n    "sc-3: it holds")\n'), [])

    def test_a_number_beside_the_names_shows_nothing(self):
        rest = tests_of(number for number in ALL if number not in WITHOUT | {("cpp", 1)})
        self.assertEqual(len(problems(rest + '// cpp-01\nCHECK(name == "cpp-01");\n')), 1)

    def test_a_line_needs_a_reason_and_a_number_without_a_test(self):
        self.assertEqual(len(problems(self.complete, README.replace("it takes a day", ""))), 1)
        self.assertEqual(len(problems(self.complete + tests_of([("sc", 60)]))), 1)

    def test_numbers_beyond_the_last_are_no_numbers(self):
        self.assertEqual(len(problems(self.complete + tests_of([("cpp", 71)]))), 1)


if __name__ == "__main__":
    main()
