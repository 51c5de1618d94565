"""Faults in a cluster of tools/cassandra, each told to whoever watches: a node killed, frozen, restarted, added."""

import shutil
import signal
import time
from contextlib import contextmanager

from cassandra_node import cluster, process
from cassandra_node.options import Options

CALM, FROZEN, DOWN = 8, 10, 5


class Faults:
    """Three nodes; where `add` is asked for, the third joins while others write. tell(sentence) is called at each event."""

    def __init__(self, names, tell):
        self.names, self.tell = names, tell
        self.options = Options(nodes=3)

    def begin(self):
        """Starts the nodes that are there from the beginning; returns their addresses. A node is new to a cluster once
        only: to add one, the cluster begins anew."""
        addresses = self.options.addresses
        if "add" not in self.names:
            cluster.start_some(self.options, addresses)
            return addresses
        cluster.stop()
        shutil.rmtree(self.options.folder, ignore_errors=True)
        cluster.start_some(self.options, addresses[:2])
        return addresses[:2]

    def run(self):
        for name in self.names:
            time.sleep(CALM)
            getattr(self, name)()
        time.sleep(CALM)

    def add(self):
        self.tell("add the third node")
        cluster.start_some(self.options, self.options.addresses)
        self.tell("the third node has joined")

    def kill(self):
        node = cluster.node_at(self.options.addresses[2])
        self.tell(f"kill -9 {node.address}")
        process.send(*node.identity, signal.SIGKILL)
        process.wait_until_gone([node.identity], 10)
        time.sleep(DOWN)
        cluster.start_some(self.options, self.options.addresses)
        self.tell(f"{node.address} is there again")

    def freeze(self):
        node = cluster.node_at(self.options.addresses[1])
        self.tell(f"freeze {node.address}")
        with stopped(node):
            time.sleep(FROZEN)
        self.tell(f"{node.address} goes on")

    def restart(self):
        for address in self.options.addresses:
            node = cluster.node_at(address)
            self.tell(f"restart {address}")
            process.end([node.identity])
            cluster.start_some(self.options, self.options.addresses)


@contextmanager
def stopped(node):
    process.send(*node.identity, signal.SIGSTOP)
    try:
        yield
    finally:
        process.send(*node.identity, signal.SIGCONT)
