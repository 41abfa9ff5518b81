package dev.repli.replication;

/** Everything a set-up touches. A dry run has other ones, chosen in {@link ReplicationSetup}. */
record SetupPorts(SetupServers servers, Copies copies) {}
