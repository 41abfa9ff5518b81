package dev.repli.guardrail;

/** What a guardrail is about, in the order in which people read them. */
public enum Group {
  TOPOLOGY("Topology"),
  REPLICATION("Replication"),
  IN_FLIGHT("Work in flight"),
  SCHEMA("Schema and data"),
  CONFIGURATION("Configuration"),
  TLS("TLS"),
  INFRASTRUCTURE("Infrastructure"),
  ROUTES("Routes"),
  TIME("Time");

  private final String title;

  Group(String title) {
    this.title = title;
  }

  /** For people. */
  public String title() {
    return title;
  }
}
