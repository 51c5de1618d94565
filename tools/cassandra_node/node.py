"""One node: its process, its log, and why it is not up."""

import re
import shutil
import socket
import subprocess
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from commands.steps import StepFailed
from cassandra_node import configuration, cql, process
from cassandra_node.options import CQL_PORT, GOSSIP_PORT

PATIENCE = 180
# The log's own words for why a node ends, the most telling first.
REASONS = [
    re.compile(r"encountered during startup: (.+)"),
    re.compile(r"^(?:ERROR|FATAL)\s+\S+ (?:\S+ - )?(.+)"),
    re.compile(r"^(?:Caused by: |Error: |OpenJDK .*error.*)(.+)", re.IGNORECASE),
    re.compile(r"^(?:[\w.]+(?:Exception|Error)): (.+)"),
]


@dataclass(frozen=True)
class Node:
    address: str
    folder: str
    pid: int = 0
    born: str = ""

    @property
    def log(self):
        return Path(self.folder) / "node.log"

    @property
    def identity(self):
        return (self.pid, self.born)

    def as_json(self):
        return asdict(self)

    def is_alive(self):
        return process.is_alive(self.pid, self.born)


def has_booted(folder):
    return (folder / "booted").exists()


def why_ended(log):
    lines = log.read_text(errors="replace").splitlines() if log.exists() else []
    for reason in REASONS:
        for line in lines:
            if found := reason.search(line):
                return found.group(1)
    said = [line for line in lines if line.strip()]
    return f"its log names no error and ends with: {said[-1]}" if said else "it wrote nothing to its log"


def refuse_taken_ports(address):
    for port in (CQL_PORT, GOSSIP_PORT):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((address, port))
            except OSError as error:
                raise StepFailed(f"{address}:{port} is taken by a process that this command did not start "
                                 f"({error.strerror}); stop it, or name it in COODIE_HOSTS") from error


def keep_old_log(log):
    if log.exists():
        log.replace(log.with_suffix(".log.old"))


def launch(options, address, folder, java_home, jars):
    """Started, not yet serving."""
    refuse_taken_ports(address)
    if not has_booted(folder):
        shutil.rmtree(folder, ignore_errors=True)
    configuration.write(options, address, folder)
    node = Node(address, str(folder))
    keep_old_log(node.log)
    with open(node.log, "wb") as log:
        # A session of its own: an interruption of the terminal is ours to handle, not the node's.
        started = subprocess.Popen(configuration.command(options, folder, java_home, jars), cwd=folder,
                                   stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True)
    return Node(address, str(folder), started.pid, process.birth(started.pid) or "")


def last_line(log):
    with open(log, "rb") as file:
        file.seek(max(0, file.seek(0, 2) - 500))
        return file.read().decode(errors="replace").strip().rpartition("\n")[2]


def wait_until_serving(running, options, node):
    end = time.monotonic() + PATIENCE
    while True:
        process.reap(node.pid)
        if not node.is_alive():
            raise StepFailed(f"the node on {node.address} ended: {why_ended(node.log)} (log: {node.log})")
        try:
            cql.check(node.address, options)
            break
        except cql.NotServing as why:
            if time.monotonic() > end:
                raise StepFailed(f"the node on {node.address} does not answer after {PATIENCE} s: {why} "
                                 f"(log: {node.log})") from why
        running.note = last_line(node.log)
        time.sleep(0.2)
    (Path(node.folder) / "booted").touch()
