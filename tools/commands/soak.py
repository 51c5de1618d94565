"""tools/soak: builds the program of that name, and becomes it."""

import argparse
import os
import sys

from commands.build import BuildFolder, install
from commands.steps import StepFailed, say

PROGRAM = "tests/soak/soak"


def arguments():
    parser = argparse.ArgumentParser(
        prog="tools/soak", description="A session under a mixed load on a fake cluster of three nodes, with a fault every second. "
        "Ends with 0 where every request ended once, no write was sent twice, and memory, descriptors and threads are what they were.")
    parser.add_argument("--seconds", type=int, default=60, help="how long (60)")
    parser.add_argument("--seed", type=int, default=None, help="of requests and faults; without it, one that is printed")
    return parser.parse_args()


def main():
    words = arguments()
    try:
        install("build test")
        folder = BuildFolder("build", {"tests": "true"})
        folder.build("build soak in build/", [PROGRAM])
    except StepFailed as failure:
        say(failure)
        return 1
    sys.stdout.flush()
    program = folder.path / PROGRAM
    seed = [] if words.seed is None else ["--seed", str(words.seed)]
    os.execv(program, [program.name, "--seconds", str(words.seconds), *seed])
    return 1


if __name__ == "__main__":
    sys.exit(main())
