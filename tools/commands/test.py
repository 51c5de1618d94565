"""tools/test: every test, or those that need no server."""

import argparse
import os
import sys
from contextlib import contextmanager

from cassandra_node import cluster
from cassandra_node.options import Options
from commands.build import BuildFolder, install, suites_of
from commands.endings import treat_alike
from commands.results import Count
from commands.steps import Step, StepFailed, say
from commands.suites import attempt, run_tests, sum_up

# In the order in which they run. A suite that has no test is left out; a test of two suites runs with the first.
SERVERLESS = {"vectors": "vectors and golden frames", "unit": "unit tests", "no_compile": "programs that must not compile",
              "server": "against the scripted server"}
# What each kind of cluster is started with; "-" in a suite's name stands between its flags.
CLUSTERS = {"integration": Options(), "integration-auth": Options(auth=True), "integration-tls": Options(tls=True),
            "integration-mtls": Options(tls=True, mtls=True), "integration-mtls-auth": Options(tls=True, mtls=True, auth=True),
            "integration-three": Options(nodes=3)}


def arguments():
    parser = argparse.ArgumentParser(prog="tools/test", description="Builds in build/ and runs the tests: all of them, "
                                     "which starts a real Cassandra where COODIE_HOSTS names none, or only those without a server.")
    parser.add_argument("part", nargs="?", choices=["unit"], help="only the part without servers")
    return parser.parse_args()


@contextmanager
def cluster_for(suite):
    """The environment that leads the tests to a cluster; one that was started here is stopped here."""
    if suite == "integration" and os.environ.get("COODIE_HOSTS"):
        yield {}
        return
    options = CLUSTERS[suite]
    started = cluster.start(options)
    try:
        yield options.environment
    finally:
        if started:
            cluster.stop()


def run_integration(build, tests, suite):
    with cluster_for(suite) as environment:
        return run_tests(build, tests, f"against a real Cassandra, {CLUSTERS[suite].words}", environment)


def by_suite(tests):
    """Each test in one suite. One in a suite that nobody runs would be skipped silently: it comes under None."""
    order = [*CLUSTERS, *SERVERLESS]
    sorted_out = {suite: [] for suite in [None, *SERVERLESS, *CLUSTERS]}
    for test in tests:
        sorted_out[next((suite for suite in order if suite in suites_of(test)), None)].append(test)
    return {suite: of_suite for suite, of_suite in sorted_out.items() if of_suite}


def refuse(strays):
    raise StepFailed(f"in no suite that tools/test runs: {', '.join(test['name'] for test in strays)}")


def run_all(part):
    total = Count()
    install("test")
    build = BuildFolder("build", {"tests": "true", "bench": "true", "tools": "true"})
    build.build("build the library, its tests and its tools in build/")
    for suite, tests in by_suite(build.introspect("tests")).items():
        if suite is None:
            attempt(total, refuse, tests)
        elif suite in SERVERLESS:
            attempt(total, run_tests, build, tests, SERVERLESS[suite])
        elif part != "unit":
            install("cassandra")
            attempt(total, run_integration, build, tests, suite)
    return total


def main():
    words = arguments()
    treat_alike()
    running = Step("everything")
    try:
        total = run_all(words.part)
    except StepFailed as failure:
        say(failure)
        total = Count(0, 1)
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return 130
    return sum_up(running, total)


if __name__ == "__main__":
    sys.exit(main())
