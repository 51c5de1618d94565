"""Asks a node, on its own port, whether it serves CQL: no log line can promise that."""

import socket
import ssl
import struct

from cassandra_node.options import CERTIFICATES, CQL_PORT, PASSWORD, USER

HEADER = struct.Struct(">BBhBI")
STARTUP, OPTIONS, AUTH_RESPONSE = 0x01, 0x05, 0x0F
READY, AUTHENTICATE, SUPPORTED, AUTH_SUCCESS = 0x02, 0x03, 0x06, 0x10


class NotServing(Exception):
    """Why the node does not answer, in one sentence."""


def wrap(connection, options):
    context = ssl.create_default_context(cafile=str(CERTIFICATES / "ca.pem"))
    if options.mtls:
        context.load_cert_chain(CERTIFICATES / "client.pem", CERTIFICATES / "client.key")
    return context.wrap_socket(connection, server_hostname=connection.getpeername()[0])


def receive(connection, size):
    chunks = b""
    while len(chunks) < size:
        chunk = connection.recv(size - len(chunks))
        if not chunk:
            raise NotServing("the node closed the connection")
        chunks += chunk
    return chunks


def ask(connection, opcode, body, *wanted):
    """The opcode of the answer, which is one of those wanted."""
    connection.sendall(HEADER.pack(4, 0, 0, opcode, len(body)) + body)
    _, _, _, answer, size = HEADER.unpack(receive(connection, HEADER.size))
    receive(connection, size)
    if answer not in wanted:
        raise NotServing(f"opcode 0x{opcode:02x} was answered with 0x{answer:02x}")
    return answer


def string(text):
    return struct.pack(">H", len(text)) + text.encode()


def log_in(connection):
    startup = struct.pack(">H", 1) + string("CQL_VERSION") + string("3.0.0")
    if ask(connection, STARTUP, startup, READY, AUTHENTICATE) == AUTHENTICATE:
        token = f"\0{USER}\0{PASSWORD}".encode()
        ask(connection, AUTH_RESPONSE, struct.pack(">i", len(token)) + token, AUTH_SUCCESS)


def check(address, options, timeout=2):
    """Raises NotServing unless the node answers, and lets in whom it should."""
    try:
        with socket.create_connection((address, CQL_PORT), timeout) as plain:
            connection = wrap(plain, options) if options.encrypted else plain
            ask(connection, OPTIONS, b"", SUPPORTED)
            log_in(connection)
    except OSError as error:
        raise NotServing(str(error)) from error
