"""tools/fake-cluster: builds the program of that name, and becomes it."""

import os
import sys

from commands.build import BuildFolder, install
from commands.steps import StepFailed, say

PROGRAM = "tools/fake_cluster/fake-cluster"


def main():
    try:
        install("build test")
        folder = BuildFolder("build", {"tests": "true", "tools": "true"})
        folder.build("build fake-cluster in build/", [PROGRAM])
    except StepFailed as failure:
        say(failure)
        return 1
    sys.stdout.flush()
    program = folder.path / PROGRAM
    os.execv(program, [program.name, *sys.argv[1:]])
    return 1


if __name__ == "__main__":
    sys.exit(main())
