"""Is the code that README.md shows the code of the programs that the tests run?"""

import re
import unittest
from pathlib import Path

from counted import main

ROOT = Path(__file__).resolve().parents[3]


def lines_of(text):
    return [line.strip() for line in text.splitlines() if line.strip()]


def first_missing(shown, program):
    """The first line of what is shown that the program does not have after the line before it; None: it has all."""
    rest = iter(program)
    return next((line for line in shown if line not in rest), None)


class Readme(unittest.TestCase):
    def test_every_program_it_shows_stands_in_an_example(self):
        examples = [lines_of(path.read_text()) for path in (ROOT / "tools" / "examples").glob("*.cpp")]
        blocks = re.findall(r"```cpp\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)
        self.assertTrue(blocks)
        for block in blocks:
            missing = [first_missing(lines_of(block), example) for example in examples]
            self.assertIn(None, missing, f"no example has the lines of:\n{block}")

    def test_a_line_that_no_example_has_is_found(self):
        self.assertEqual(first_missing(["a", "c"], ["a", "b"]), "c")
        self.assertEqual(first_missing(["b", "a"], ["a", "b"]), "a")
        self.assertIsNone(first_missing(["a", "c"], ["a", "b", "c"]))


if __name__ == "__main__":
    main()
