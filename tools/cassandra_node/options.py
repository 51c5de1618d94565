"""What a cluster is started with, and the folders it lives in."""

import os
from dataclasses import asdict, dataclass
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2]
FOLDER = SOURCE / "build" / "cassandra"
CERTIFICATES = FOLDER / "certificates"

CQL_PORT = 9042
GOSSIP_PORT = 7000
# The server's own first superuser.
USER = PASSWORD = "cassandra"


def cache_folder():
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "coodie"


@dataclass(frozen=True)
class Options:
    nodes: int = 1
    tls: bool = False
    mtls: bool = False
    auth: bool = False

    @property
    def encrypted(self):
        return self.tls or self.mtls

    @property
    def words(self):
        """The command line that asks for this."""
        flags = [f"--{flag}" for flag in ("tls", "mtls", "auth") if getattr(self, flag)]
        return " ".join([f"--nodes {self.nodes}", *flags])

    @property
    def addresses(self):
        return [f"127.0.0.{number + 1}" for number in range(self.nodes)]

    @property
    def hosts(self):
        return ",".join(f"{address}:{CQL_PORT}" for address in self.addresses)

    @property
    def environment(self):
        """What leads a client of ours to the cluster, and in."""
        variables = {"COODIE_HOSTS": self.hosts, "COODIE_CERTIFICATES": str(CERTIFICATES)}
        if self.encrypted:
            variables["COODIE_CA"] = str(CERTIFICATES / "ca.pem")
        if self.mtls:
            variables |= {"COODIE_CERTIFICATE": str(CERTIFICATES / "client.pem"), "COODIE_KEY": str(CERTIFICATES / "client.key")}
        if self.auth:
            variables |= {"COODIE_USERNAME": USER, "COODIE_PASSWORD": PASSWORD}
        return variables

    @property
    def folder(self):
        """Clusters of different options do not share files: a node does not forget who its peers were."""
        return FOLDER / self.words.replace("--nodes ", "nodes-").replace(" --", "-")

    def as_json(self):
        return asdict(self)
