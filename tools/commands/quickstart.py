"""tools/quickstart: builds, starts a real Cassandra where none is named, and runs the example."""

import argparse
import os
import subprocess
import sys
import time

from cassandra_node import cluster
from cassandra_node.options import CQL_PORT, Options
from commands.build import BuildFolder, install
from commands.endings import treat_alike
from commands.steps import StepFailed, say

EXAMPLE = "tools/examples/quickstart"


def arguments():
    parser = argparse.ArgumentParser(prog="tools/quickstart", description="Builds coodie and the example in build/, starts a one-node "
                                     "Cassandra unless COODIE_HOSTS (host[:port],...) names one, and runs the example.")
    parser.add_argument("--stop", action="store_true", help="stop the Cassandra that was started, instead of leaving it running")
    return parser.parse_args()


def build_example():
    install("build")
    # A first build is for the example alone; tools/test turns the rest on.
    build = BuildFolder("build")
    if not (build.path / "build.ninja").exists():
        build.options = {"tests": "false", "bench": "false"}
    build.build("build the library and the example in build/", [EXAMPLE])
    return build.path / EXAMPLE


def hosts():
    """Where to connect, and whose node that is: "named", "running" before, or "started" here."""
    named = os.environ.get("COODIE_HOSTS")
    if named:
        return named, "named"
    install("cassandra")
    options = Options()
    started = cluster.start(options)
    return f"{options.addresses[0]}:{CQL_PORT}", "started" if started else "running"


def run_example(example, where):
    print(f"\n{EXAMPLE}.cpp, with COODIE_HOSTS={where}:\n", flush=True)
    ended = subprocess.run([example], env=dict(os.environ, COODIE_HOSTS=where), check=False)
    print()
    if ended.returncode != 0:
        raise StepFailed(f"the example ended with {ended.returncode}")


def finish(whose, stop):
    if whose == "started" and stop:
        cluster.stop()
    elif whose != "named":
        print("Cassandra is still running, for the next time. Stop it with: tools/cassandra stop")


def main():
    words = arguments()
    begin = time.monotonic()
    whose = "named"
    treat_alike()
    try:
        example = build_example()
        where, whose = hosts()
        run_example(example, where)
    except StepFailed as failure:
        say(failure)
        finish(whose, words.stop)
        return 1
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        finish(whose, words.stop)
        return 130
    finish(whose, words.stop)
    print(f"{time.monotonic() - begin:.1f} s in all")
    return 0


if __name__ == "__main__":
    sys.exit(main())
