"""The nodes that belong together: remembered in a file, started in turn, ended together."""

import fcntl
import json
import shutil
from contextlib import contextmanager

from commands.endings import held
from commands.steps import StepFailed, step
from cassandra_node import cql, process
from cassandra_node.certificates import ensure_certificates
from cassandra_node.java import ensure_jars, java_home
from cassandra_node.node import Node, has_booted, launch, wait_until_serving, why_ended
from cassandra_node.options import CQL_PORT, FOLDER, Options

STATE = FOLDER / "cluster.json"


@contextmanager
def locked():
    """Two commands at once would start two clusters on the same addresses."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with open(FOLDER / "lock", "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            with step("wait for another tools/cassandra"):
                fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def remember(options, nodes):
    partial = STATE.with_suffix(".partial")
    partial.write_text(json.dumps({"options": options.as_json(), "nodes": [node.as_json() for node in nodes]}, indent=1))
    partial.replace(STATE)


def remembered():
    """The options and nodes of the last start, or (None, [])."""
    if not STATE.exists():
        return None, []
    state = json.loads(STATE.read_text())
    return Options(**state["options"]), [Node(**node) for node in state["nodes"]]


def end(nodes):
    stubborn = process.end([node.identity for node in nodes])
    if stubborn:
        raise StepFailed(f"processes that do not end: {', '.join(str(pid) for pid, _ in stubborn)}")


def bring_up(options, nodes, addresses, java, jars):
    """Adds to nodes as they are started, so that the caller can end them whatever happens."""
    title = f"start Cassandra on {', '.join(f'{address}:{CQL_PORT}' for address in addresses)}"
    with step(title) as running:
        begun = []
        for address in addresses:
            with held():
                begun.append(launch(options, address, options.folder / address, java, jars))
                nodes.append(begun[-1])
                remember(options, nodes)
        for node in begun:
            wait_until_serving(running, options, node)
        running.result = "answers CQL"


def turns(options, addresses):
    """New nodes must join one after the other; nodes that know each other start together, once the seed is there."""
    if not all(has_booted(options.folder / address) for address in options.addresses):
        return [[address] for address in addresses]
    seed = options.addresses[0]
    waves = [[address for address in addresses if (address == seed) == first] for first in (True, False)]
    return [wave for wave in waves if wave]


def start_absent(options, alive, addresses):
    """Starts what is not alive of these; ends what it started when anything goes wrong."""
    java, jars = java_home(), ensure_jars()
    if options.encrypted:
        ensure_certificates()
    if not alive and not all(has_booted(options.folder / address) for address in addresses):
        shutil.rmtree(options.folder, ignore_errors=True)
    there = {node.address for node in alive}
    absent = [address for address in addresses if address not in there]
    nodes = list(alive)
    try:
        for addresses in turns(options, absent):
            bring_up(options, nodes, addresses, java, jars)
    except BaseException:
        with held():
            end([node for node in nodes if node.address not in there])
            remember(options, alive)
        raise


def start(options):
    """True if anything had to be started."""
    with locked():
        before, nodes = remembered()
        alive = [node for node in nodes if node.is_alive()]
        if alive and before != options:
            raise StepFailed(f"already running with other options: {before.words}; stop it first: tools/cassandra stop")
        if len(alive) == options.nodes:
            for node in alive:
                answering(options, node)
            return False
        start_absent(options, alive, options.addresses)
        return True


def start_some(options, addresses):
    """Of a cluster of these options, those nodes that are not alive; the others may come later."""
    with locked():
        before, nodes = remembered()
        alive = [node for node in nodes if node.is_alive()]
        if alive and before != options:
            raise StepFailed(f"already running with other options: {before.words}; stop it first: tools/cassandra stop")
        start_absent(options, alive, addresses)


def node_at(address):
    for node in remembered()[1]:
        if node.address == address and node.is_alive():
            return node
    raise StepFailed(f"no node of tools/cassandra is alive on {address}")


def answering(options, node):
    try:
        cql.check(node.address, options, timeout=10)
    except cql.NotServing as why:
        raise StepFailed(f"the node on {node.address} (pid {node.pid}) runs but does not answer: {why} "
                         f"(log: {node.log})") from why


def stop():
    """How many nodes were ended."""
    with locked():
        options, nodes = remembered()
        alive = [node for node in nodes if node.is_alive()]
        if alive:
            with step(f"stop Cassandra, {options.words}"):
                end(alive)
        STATE.unlink(missing_ok=True)
        return len(alive)


def condition(options, node):
    if not node.is_alive():
        return f"down: {why_ended(node.log)} (log: {node.log})"
    try:
        cql.check(node.address, options)
    except cql.NotServing as why:
        return f"running but not serving: {why}"
    return "up"
