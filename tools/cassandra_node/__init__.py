"""A real Apache Cassandra on this machine's loopback addresses, for tests and examples."""
