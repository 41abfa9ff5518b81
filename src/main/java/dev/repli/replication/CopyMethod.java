package dev.repli.replication;

/** How the data are copied. */
public enum CopyMethod {
  DUMP("a dump, loaded table by table"),
  BACKUP("mariadb-backup, which replaces the target's data directory");

  private final String words;

  CopyMethod(String words) {
    this.words = words;
  }

  public String words() {
    return words;
  }
}
