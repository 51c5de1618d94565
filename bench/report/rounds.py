"""The rounds: every client does every work once a round, one after the other, so that a round sees one machine."""

import time
from contextlib import ExitStack
from pathlib import Path

from report.programs import Process, counting

# A sample is retaken when a thread of it stood waiting for its core, or the hypervisor kept it, for more than this
# share of the time.
FOREIGN = 0.03


def stolen():
    """Nanoseconds that the hypervisor has kept from all cores."""
    fields = Path("/proc/stat").read_text().splitlines()[0].split()
    return int(fields[8]) * 10_000_000


class Rounds:
    def __init__(self, options, clients, works, say):
        self.options = options
        self.clients = clients
        self.works = works
        self.say = say
        self.samples = []
        self.counts = []

    def run(self):
        with Process([self.program("bench-responder"), str(self.options.nodes)], self.options.responder_core) as responder:
            for number in range(self.options.rounds):
                self.timed_round(number, responder)
            environment = counting(self.options.build)
            for number in range(min(3, self.options.rounds)):
                self.counted_round(number, responder, environment)

    def program(self, name):
        return str(self.options.build / "bench" / name)

    def start(self, client, responder, environment=None):
        command = [self.program(client.program), responder.greeting, *client.arguments]
        return Process(command, self.options.client_core, environment)

    def started(self, stack, responder, environment=None):
        return [(c, stack.enter_context(self.start(c, responder, environment))) for c in self.clients]

    def timed_round(self, number, responder):
        began = time.monotonic()
        kept = len(self.samples)
        with ExitStack() as stack:
            running = self.started(stack, responder)
            for work in self.works:
                # The order turns round from round to round: nobody always follows the same neighbour.
                for client, process in running if number % 2 == 0 else reversed(running):
                    if client.does(work):
                        self.samples += self.attempts(number, client, process, responder, work)
        fresh = self.samples[kept:]
        retaken = sum(not s["kept"] for s in fresh)
        loaded = sum(s["kept"] and s["foreign"] > FOREIGN for s in fresh)
        self.say(f"round {number + 1}/{self.options.rounds}: {time.monotonic() - began:.1f} s, "
                 f"{retaken} samples retaken, {loaded} kept under foreign load")

    def attempts(self, number, client, process, responder, work):
        """Takes a sample again while something foreign was running; keeps the quietest."""
        taken = []
        for _ in range(1 + self.options.retakes):
            taken.append(self.sample(process, responder, work))
            if taken[-1]["foreign"] <= FOREIGN:
                break
        quietest = min(taken, key=lambda s: s["foreign"])
        for attempt, sample in enumerate(taken):
            sample |= {"client": client.name, "work": work.name, "round": number, "attempt": attempt,
                       "kept": sample is quietest}
            yield sample

    def sample(self, process, responder, work):
        began, waited = time.monotonic_ns(), process.waited() + responder.waited() + stolen()
        sample = process.do(work, self.options.window)
        waited = process.waited() + responder.waited() + stolen() - waited
        return sample | {"foreign": waited / (time.monotonic_ns() - began)}

    def counted_round(self, number, responder, environment):
        """Counting costs time, so these runs are not timed."""
        began = time.monotonic()
        with ExitStack() as stack:
            for client, process in self.started(stack, responder, environment):
                for work in self.works:
                    if client.does(work):
                        counts = process.do(work, self.options.window)
                        self.counts.append(counts | {"client": client.name, "work": work.name, "round": number})
        self.say(f"counting pass {number + 1}: {time.monotonic() - began:.1f} s")
