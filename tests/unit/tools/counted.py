"""Runs a module's unittest cases and ends with the line that tools/test counts."""

import sys
import unittest


def main():
    ended = unittest.main(module="__main__", exit=False, verbosity=1).result
    failed = len(ended.failures) + len(ended.errors) + len(ended.skipped)
    print(f"{max(0, ended.testsRun - failed)} passed, {failed} failed")
    sys.exit(1 if failed else 0)
