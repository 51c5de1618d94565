"""tools/ledger: writes to a cluster, makes faults where it may, and prints the accounts."""

import argparse
import os
import subprocess
import sys
import threading
from contextlib import suppress

from cassandra_node import cluster
from cassandra_node.options import CQL_PORT
from commands.build import BuildFolder, install
from commands.endings import held, treat_alike
from commands.faults import Faults
from commands.steps import StepFailed, say

PROGRAM = "tools/load/coodie-ledger"
FAULTS = ("add", "kill", "freeze", "restart")
LONGEST = 600


def faults(text):
    names = text.split(",")
    for name in names:
        if name not in FAULTS:
            raise argparse.ArgumentTypeError(f"no fault is called '{name}'; there are {', '.join(FAULTS)}")
    return names


def arguments():
    parser = argparse.ArgumentParser(
        prog="tools/ledger", description="Writes to a cluster and keeps accounts: is every idempotent request answered, every acknowledged "
        "write there afterwards, no increment counted twice? Ends with 1 where a promise was broken.")
    parser.add_argument("--hosts", default=os.environ.get("COODIE_HOSTS"), metavar="HOST[:PORT],...",
                        help="the cluster (COODIE_HOSTS); without it, three nodes of a real Cassandra are started and get every fault")
    parser.add_argument("--seconds", type=int, default=30, help="how long to write, without faults (30)")
    parser.add_argument("--in-flight", type=int, default=64, help="requests at a time (64)")
    parser.add_argument("--replication-factor", type=int, default=3, help="of the keyspace that is made (3)")
    parser.add_argument("--faults", type=faults, default=None, metavar="NAME,...",
                        help=f"what happens to the started nodes, in this order: {','.join(FAULTS)} (all)")
    parser.add_argument("--stop", action="store_true", help="stop the nodes that were started, instead of leaving them running")
    words = parser.parse_args()
    if words.hosts and words.faults:
        parser.error("--faults needs nodes of its own; leave out --hosts, and unset COODIE_HOSTS")
    return words


def build():
    folder = BuildFolder("build", {"tests": "true", "tools": "true"})
    folder.build("build the ledger's program in build/", [PROGRAM])
    return folder.path / PROGRAM


def command(program, words, hosts, seconds):
    return [program, "--hosts", hosts, "--seconds", str(seconds), "--in-flight", str(words.in_flight),
            "--replication-factor", str(words.replication_factor)]


def run_with_faults(program, words):
    """The faults end the run; a fault that fails ends it at once."""
    load = None

    def tell(sentence):
        try:
            load.stdin.write(sentence + "\n")
            load.stdin.flush()
        except BrokenPipeError:
            raise StepFailed("the ledger's program has ended before its faults") from None

    made = Faults(words.faults or list(FAULTS), tell)
    hosts = ",".join(f"{address}:{CQL_PORT}" for address in made.begin())
    load = subprocess.Popen([str(word) for word in command(program, words, hosts, LONGEST)], stdin=subprocess.PIPE, text=True)
    failed = []

    def work():
        try:
            made.run()
        except StepFailed as why:
            failed.append(why)
        except OSError as why:
            failed.append(StepFailed(why))
        with suppress(StepFailed):
            tell("end")

    maker = threading.Thread(target=work)
    maker.start()
    code = load.wait()
    maker.join()
    for why in failed:
        say(why)
    return 1 if failed else code


def main():
    words = arguments()
    code = 1
    treat_alike()
    try:
        install("build test" if words.hosts else "build test cassandra")
        program = build()
        if words.hosts:
            code = subprocess.run([str(word) for word in command(program, words, words.hosts, words.seconds)], check=False).returncode
        else:
            code = run_with_faults(program, words)
    except StepFailed as failure:
        say(failure)
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        code = 130
    with held():
        if not words.hosts and words.stop:
            cluster.stop()
    return code


if __name__ == "__main__":
    sys.exit(main())
