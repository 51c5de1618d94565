"""Java 17, and the server's jars: copied once from Maven Central into the user's cache folder."""

import fcntl
import os
import shutil
from pathlib import Path

from commands.steps import StepFailed, step
from cassandra_node.options import cache_folder

VERSION = "5.0.8"
COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies"
POM = f"""<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>coodie</groupId>
  <artifactId>cassandra-jars</artifactId>
  <version>1</version>
  <packaging>pom</packaging>
  <dependencies>
    <dependency>
      <groupId>org.apache.cassandra</groupId>
      <artifactId>cassandra-all</artifactId>
      <version>{VERSION}</version>
    </dependency>
  </dependencies>
</project>
"""


def is_java_17(home):
    release = home / "release"
    return release.is_file() and 'JAVA_VERSION="17' in release.read_text()


def java_home():
    """The default java may be newer, and Cassandra 5.0 does not run on 24 and later: 17 by its own path."""
    named = os.environ.get("JAVA_HOME")
    homes = [Path(named)] if named else []
    homes += sorted(Path("/usr/lib/jvm").glob("*"))
    for home in homes:
        if is_java_17(home) and (home / "bin" / "java").exists():
            return home
    raise StepFailed("no Java 17 in JAVA_HOME or /usr/lib/jvm")


def jars_folder():
    return cache_folder() / f"cassandra-{VERSION}"


def copy_jars(running, folder):
    """Into a folder beside it first, so that an interrupted copy is never taken for a whole one."""
    partial = folder.with_name(folder.name + ".partial")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir()
    (partial / "pom.xml").write_text(POM)
    environment = dict(os.environ, JAVA_HOME=str(java_home()))
    running.run(["mvn", "-B", COPY, f"-DoutputDirectory={partial}"], env=environment, cwd=partial)
    partial.rename(folder)


def ensure_jars():
    folder = jars_folder()
    folder.parent.mkdir(parents=True, exist_ok=True)
    with open(folder.parent / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if folder.is_dir():
            return folder
        with step(f"copy Apache Cassandra {VERSION} from Maven Central") as running:
            copy_jars(running, folder)
            running.result = f"{len(list(folder.glob('*.jar')))} jars in {folder}"
    return folder
