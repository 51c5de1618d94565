"""Does init_coodie take every option of a session?"""

import re
import unittest
from pathlib import Path

from counted import main

ROOT = Path(__file__).resolve().parents[3]


def members(header, struct):
    """The names of a struct's members."""
    text = (ROOT / "include" / "coodie" / header).read_text()
    body = re.search(rf"^struct {struct}\n{{\n(.*?)^}};", text, re.DOTALL | re.MULTILINE).group(1)
    code = re.sub(r"//.*", "", body)
    return {re.search(r"(\w+)\s*(?:=|{|$)", member.strip()).group(1) for member in re.split(r";", code) if member.strip()}


class Options(unittest.TestCase):
    def setUp(self):
        self.session = members("session.hpp", "SessionOptions")
        self.driver = members("init.hpp", "InitOptions")

    def test_they_were_read(self):
        self.assertLessEqual({"hosts", "connect_timeout", "profiles", "loops"}, self.session)
        self.assertLessEqual({"name", "lazy", "session"}, self.driver)

    def test_a_driver_takes_all_options_of_a_session(self):
        self.assertEqual(self.session - self.driver, set())

    def test_each_is_handed_to_the_session(self):
        text = (ROOT / "lib" / "driver" / "init_options.cpp").read_text()
        handed = {name: source for name, source in re.findall(r'visit\("(\w+)", from\.(\w+), to\.\1\);', text)}
        self.assertEqual(set(handed) | {"keyspace"}, self.session)
        self.assertEqual([name for name, source in handed.items() if name != source], [])


if __name__ == "__main__":
    main()
