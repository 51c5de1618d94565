"""The files and the command line one node is started with."""

import shutil

from cassandra_node.certificates import STORE_PASSWORD
from cassandra_node.options import CERTIFICATES, CQL_PORT, GOSSIP_PORT


EXPORTS = """java.base/jdk.internal.misc java.management.rmi/com.sun.jmx.remote.internal.rmi
    java.management/com.sun.jmx.remote.security java.rmi/sun.rmi.registry java.rmi/sun.rmi.server java.sql/java.sql
    java.base/java.lang.ref jdk.unsupported/sun.misc""".split()
OPENS = """java.base/java.lang.module java.base/jdk.internal.loader java.base/jdk.internal.ref
    java.base/jdk.internal.reflect java.base/jdk.internal.math java.base/jdk.internal.module java.base/jdk.internal.util.jar
    jdk.management/com.sun.management.internal java.base/sun.nio.ch java.base/java.io java.base/java.lang.reflect
    java.base/java.lang java.base/java.util java.base/java.nio""".split()
MEMORY = """-Xms256m -Xmx256m -Xss512k -XX:+UseSerialGC -XX:MaxDirectMemorySize=128m -XX:ReservedCodeCacheSize=96m
    -XX:+ExitOnOutOfMemoryError""".split()

YAML = """\
cluster_name: coodie
num_tokens: 16
partitioner: org.apache.cassandra.dht.Murmur3Partitioner
endpoint_snitch: SimpleSnitch
listen_address: {address}
rpc_address: {address}
storage_port: {gossip_port}
native_transport_port: {cql_port}
start_native_transport: true
seed_provider: [{{class_name: org.apache.cassandra.locator.SimpleSeedProvider, parameters: [{{seeds: "127.0.0.1"}}]}}]
data_file_directories: ["{folder}/data"]
commitlog_directory: "{folder}/commitlog"
saved_caches_directory: "{folder}/saved_caches"
hints_directory: "{folder}/hints"
cdc_raw_directory: "{folder}/cdc_raw"
commitlog_sync: periodic
commitlog_sync_period: 10s
commitlog_segment_size: 5MiB
memtable_allocation_type: heap_buffers
disk_access_mode: standard
auto_snapshot: false
materialized_views_enabled: true
user_defined_functions_enabled: true
sasi_indexes_enabled: true
dynamic_data_masking_enabled: true
"""
AUTH_YAML = """\
authenticator: PasswordAuthenticator
authorizer: CassandraAuthorizer
"""
TLS_YAML = """\
client_encryption_options: {{enabled: true, optional: false, keystore: "{certificates}/node.p12",
  keystore_password: {password}, require_client_auth: {demand}, truststore: "{certificates}/trust.p12",
  truststore_password: {password}, store_type: PKCS12, protocol: TLS, accepted_protocols: [TLSv1.2, TLSv1.3]}}
"""
LOGBACK = """\
<configuration>
  <appender name="STDOUT" class="ch.qos.logback.core.ConsoleAppender">
    <encoder><pattern>%-5level %d{HH:mm:ss.SSS} %logger{0} - %msg%n</pattern></encoder>
  </appender>
  <root level="INFO"><appender-ref ref="STDOUT"/></root>
</configuration>
"""


def yaml(options, address, folder):
    text = YAML.format(address=address, folder=folder, gossip_port=GOSSIP_PORT, cql_port=CQL_PORT)
    if options.auth:
        text += AUTH_YAML
    if options.encrypted:
        demand = "true" if options.mtls else "false"
        text += TLS_YAML.format(certificates=CERTIFICATES, password=STORE_PASSWORD, demand=demand)
    return text


def write(options, address, folder):
    conf = folder / "conf"
    shutil.rmtree(conf, ignore_errors=True)
    conf.mkdir(parents=True)
    (folder / "triggers").mkdir(exist_ok=True)
    (conf / "cassandra.yaml").write_text(yaml(options, address, folder))
    (conf / "logback.xml").write_text(LOGBACK)


def system_properties(options, folder):
    ring_delay = 100 if options.nodes == 1 else 2000
    return {
        "jdk.attach.allowAttachSelf": "true",
        "io.netty.tryReflectionSetAccessible": "true",
        "java.net.preferIPv4Stack": "true",
        "chronicle.analytics.disable": "true",
        "cassandra-foreground": "yes",
        "cassandra.config": f"file:{folder}/conf/cassandra.yaml",
        "cassandra.storagedir": folder,
        "cassandra.triggers_dir": f"{folder}/triggers",
        "logback.configurationFile": f"file:{folder}/conf/logback.xml",
        "cassandra.ring_delay_ms": ring_delay,
        "cassandra.superuser_setup_delay_ms": 0,
        "cassandra.skip_wait_for_gossip_to_settle": 0,
        "cassandra.consistent.rangemovement": "false",
    }


def command(options, folder, java_home, jars):
    words = [f"{java_home}/bin/java", *MEMORY, f"-javaagent:{next(jars.glob('jamm-*.jar'))}"]
    for package in EXPORTS:
        words += ["--add-exports", f"{package}=ALL-UNNAMED"]
    for package in OPENS:
        words += ["--add-opens", f"{package}=ALL-UNNAMED"]
    words += [f"-D{name}={value}" for name, value in system_properties(options, folder).items()]
    return words + ["-cp", f"{folder}/conf:{jars}/*", "org.apache.cassandra.service.CassandraDaemon"]
