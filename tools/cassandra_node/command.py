"""The command line of tools/cassandra."""

import argparse
import subprocess
import sys
import time

from commands.endings import treat_alike
from commands.steps import StepFailed, say
from cassandra_node import cluster
from cassandra_node.options import CERTIFICATES, CQL_PORT, PASSWORD, SOURCE, USER, Options

DESCRIPTION = """A real Apache Cassandra on 127.0.0.1 (.2, .3), port 9042, for tests and examples."""
EPILOG = """The server's jars come from Maven Central once, into ${XDG_CACHE_HOME:-~/.cache}/coodie. Data, logs and
certificates are in build/cassandra. Exit status: 0 when it is as asked; status ends with 1 unless every node is up."""


def arguments():
    parser = argparse.ArgumentParser(prog="tools/cassandra", description=DESCRIPTION, epilog=EPILOG)
    commands = parser.add_subparsers(dest="command", required=True, metavar="start | stop | status")
    start = commands.add_parser("start", help="start it and wait until it answers CQL")
    start.add_argument("--nodes", type=int, choices=(1, 2, 3), default=1, help="how many nodes (1)")
    start.add_argument("--tls", action="store_true", help="clients must speak TLS")
    start.add_argument("--mtls", action="store_true", help="clients must also show a certificate")
    start.add_argument("--auth", action="store_true", help=f"clients must log in, as {USER} with password {PASSWORD}")
    commands.add_parser("stop", help="stop the nodes that start has started, and nothing else")
    commands.add_parser("status", help="say of each node its process, its address, and whether it is up or why not")
    return parser.parse_args()


def print_use(options):
    print(f"COODIE_HOSTS={options.hosts}")
    if options.auth:
        print(f"user {USER}, password {PASSWORD}")
    if options.encrypted:
        print(f"authority {CERTIFICATES / 'ca.pem'}")
    if options.mtls:
        print(f"client certificate {CERTIFICATES / 'client.pem'}, key {CERTIFICATES / 'client.key'}")
    print("stop it with tools/cassandra stop")


def start(words):
    options = Options(words.nodes, words.tls or words.mtls, words.mtls, words.auth)
    if subprocess.run([SOURCE / "tools" / "install", "cassandra"], check=False).returncode != 0:
        return 1
    begin = time.monotonic()
    try:
        started = cluster.start(options)
    except StepFailed as failure:
        say(failure, "not started: ")
        return 1
    if started:
        print(f"Cassandra answers CQL after {time.monotonic() - begin:.1f} s")
    else:
        print(f"already running: {options.words}")
    print_use(options)
    return 0


def stop(_):
    try:
        if cluster.stop() == 0:
            print("nothing to stop: no node that tools/cassandra has started is running")
    except StepFailed as failure:
        say(failure, "not stopped: ")
        return 1
    return 0


def status(_):
    options, nodes = cluster.remembered()
    if not nodes:
        print("not running")
        return 1
    print(options.words)
    conditions = [cluster.condition(options, node) for node in nodes]
    for node, condition in zip(nodes, conditions):
        print(f"  {node.address}:{CQL_PORT}  pid {node.pid}  {condition}")
    return 0 if conditions == ["up"] * options.nodes else 1


def main():
    treat_alike()
    words = arguments()
    try:
        return {"start": start, "stop": stop, "status": status}[words.command](words)
    except KeyboardInterrupt:
        print("interrupted; nothing that this command began is left running", file=sys.stderr)
        return 130
