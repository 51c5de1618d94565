"""Sets up and builds a Meson build folder of this source tree, and asks it what it has."""

import json
import os
import subprocess
from pathlib import Path

from commands.steps import Step, StepFailed, step

SOURCE = Path(__file__).resolve().parents[2]
# Several files at a time: a compiler spends most of its time on the headers that they share.
UNITY = {"unity": "on", "unity_size": "8"}


def install(groups):
    """tools/install prints its own line, or nothing where nothing is missing."""
    if subprocess.run([SOURCE / "tools" / "install", *groups.split()], check=False).returncode != 0:
        raise StepFailed(f"something is missing that tools/install {groups} could not install")


class BuildFolder:
    def __init__(self, name, options=None, environment=None):
        """options are Meson's, name to value; environment adds to the process's own."""
        self.path = SOURCE / name
        self.options = options or {}
        self.environment = dict(os.environ, **(environment or {}))

    @property
    def name(self):
        return self.path.name

    def arguments(self, options):
        return [f"-D{name}={value}" for name, value in options.items()]

    def configure(self):
        """Says nothing where the folder already is as wanted. Options that are not named here are left alone."""
        if not (self.path / "build.ninja").exists():
            with step(f"configure {self.name}/") as running:
                running.run(["meson", "setup", self.path, SOURCE, *self.arguments(self.options)], env=self.environment)
        elif (differing := self.differing_options()) or self.is_outdated():
            with step(f"configure {self.name}/ again") as running:
                if differing:
                    running.run(["meson", "configure", self.path, *self.arguments(differing)], env=self.environment)
                running.run(["ninja", "-C", self.path, "build.ninja"], env=self.environment)

    def is_outdated(self):
        """What Meson says about tests and targets is as old as its last run."""
        said = Step("").run(["ninja", "-n", "-C", self.path, "build.ninja"], env=self.environment)
        return "no work to do" not in said

    def differing_options(self):
        now = {option["name"]: option["value"] for option in self.introspect("buildoptions")}
        return {name: value for name, value in self.options.items() if as_text(now.get(name)) != value}

    def introspect(self, what):
        return json.loads((self.path / "meson-info" / f"intro-{what}.json").read_text())

    def build(self, title, targets=()):
        """targets are ninja's; none means all."""
        self.configure()
        with step(title) as running:
            running.run(["ninja", "-j", os.cpu_count(), "-C", self.path, *targets], env=self.environment)

    def target(self, path):
        return os.path.relpath(path, self.path)

    def tests(self, suites):
        """The tests of these suites, as Meson describes them."""
        return [test for test in self.introspect("tests") if suites & suites_of(test)]

    def programs(self, tests):
        """The ninja targets that these tests need."""
        files = {target["id"]: target["filename"] for target in self.introspect("targets")}
        needed = {file for test in tests for name in test["depends"] for file in files[name]}
        return sorted(self.target(file) for file in needed)

    def executables(self, prefix):
        """Paths of the executables whose names begin so."""
        targets = self.introspect("targets")
        return sorted(Path(target["filename"][0]) for target in targets
                      if target["type"] == "executable" and target["name"].startswith(prefix))


def as_text(value):
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return ",".join(value)
    return value


def suites_of(test):
    """Meson writes "project:suite"."""
    return {suite.rpartition(":")[2] for suite in test["suite"]}
