"""From samples to figures: per request, divided by another client's of the same round, median, least and greatest."""

from dataclasses import dataclass
from statistics import median

PER_REQUEST = {
    "cpu": lambda s: (s["user_ns"] + s["system_ns"]) / s["requests"],
    "time": lambda s: s["wall_ns"] / s["requests"],
    "rate": lambda s: s["requests"] * 1e9 / s["wall_ns"],
    "p50": lambda s: s["p50_ns"],
    "p99": lambda s: s["p99_ns"],
}
COUNTED = ("allocations", "allocated_bytes", "syscalls", "instructions")


@dataclass(frozen=True)
class Figure:
    median: float
    least: float
    greatest: float


def figure(values):
    return Figure(median(values), min(values), max(values)) if values else None


class Figures:
    def __init__(self, samples, counts):
        self.kept = {}
        for s in samples:
            if s["kept"]:
                self.kept.setdefault((s["work"], s["client"]), {})[s["round"]] = s
        self.counts = {}
        for c in counts:
            self.counts.setdefault((c["work"], c["client"]), []).append(c)

    def has(self, work, client):
        return (work, client) in self.kept

    def of(self, work, client, metric):
        """The figure as it is; None if it was not taken or cannot be counted here."""
        if metric in COUNTED:
            counts = self.counts.get((work, client), [])
            return figure([c[metric] / c["requests"] for c in counts if c[metric] is not None])
        return figure([PER_REQUEST[metric](s) for s in self.kept.get((work, client), {}).values()])

    def ratio(self, work, client, base, metric):
        """The figure of the ratios to another client, each taken within one round."""
        mine, theirs = self.kept.get((work, client), {}), self.kept.get((work, base), {})
        per_request = PER_REQUEST[metric]
        return figure([per_request(mine[r]) / per_request(theirs[r]) for r in mine
                       if r in theirs and per_request(theirs[r]) > 0])
