"""A certificate authority, the nodes' certificate and a client's, made with openssl and Java's keytool."""

import shutil
import subprocess

from commands.steps import step
from cassandra_node.java import java_home
from cassandra_node.options import CERTIFICATES

STORE_PASSWORD = "cassandra"
DAYS = "365"
NODE_NAMES = "subjectAltName=DNS:localhost,IP:127.0.0.1,IP:127.0.0.2,IP:127.0.0.3"
CLIENT_NAMES = "subjectAltName=URI:spiffe://coodie.test/client"
NEW_KEY = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]


def make_authority(running, folder):
    running.run(["openssl", "req", "-x509", *NEW_KEY, "-days", DAYS, "-subj", "/CN=coodie test authority",
                 "-keyout", folder / "ca.key", "-out", folder / "ca.pem"])


def make_signed(running, folder, name, alternative_names):
    request, extensions = folder / f"{name}.csr", folder / f"{name}.ext"
    extensions.write_text(alternative_names + "\n")
    running.run(["openssl", "req", *NEW_KEY, "-subj", f"/CN={name}", "-keyout", folder / f"{name}.key", "-out", request])
    running.run(["openssl", "x509", "-req", "-in", request, "-CA", folder / "ca.pem", "-CAkey", folder / "ca.key",
                 "-CAcreateserial", "-days", DAYS, "-extfile", extensions, "-out", folder / f"{name}.pem"])


def make_stores(running, folder):
    running.run(["openssl", "pkcs12", "-export", "-in", folder / "node.pem", "-inkey", folder / "node.key",
                 "-certfile", folder / "ca.pem", "-name", "node", "-passout", f"pass:{STORE_PASSWORD}",
                 "-out", folder / "node.p12"])
    running.run([java_home() / "bin" / "keytool", "-importcert", "-noprompt", "-alias", "ca", "-file", folder / "ca.pem",
                 "-storetype", "PKCS12", "-keystore", folder / "trust.p12", "-storepass", STORE_PASSWORD])


def still_valid():
    """For a day more at least, so that they do not end during a test."""
    if not (CERTIFICATES / "trust.p12").exists():
        return False
    check = ["openssl", "x509", "-checkend", "86400", "-noout", "-in", str(CERTIFICATES / "node.pem")]
    return subprocess.run(check, capture_output=True, check=False).returncode == 0


def ensure_certificates():
    """ca.pem, client.pem and client.key are for clients; the rest is the nodes'."""
    if still_valid():
        return
    with step("make certificates") as running:
        partial = CERTIFICATES.with_name("certificates.partial")
        shutil.rmtree(partial, ignore_errors=True)
        partial.mkdir(parents=True)
        make_authority(running, partial)
        make_signed(running, partial, "node", NODE_NAMES)
        make_signed(running, partial, "client", CLIENT_NAMES)
        make_stores(running, partial)
        shutil.rmtree(CERTIFICATES, ignore_errors=True)
        partial.rename(CERTIFICATES)
        running.result = str(CERTIFICATES)
