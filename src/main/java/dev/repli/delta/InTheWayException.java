package dev.repli.delta;

/** What cannot be read stands in the log itself: whoever reads again comes to it again. */
public final class InTheWayException extends UnreadableDeltaException {
  private static final long serialVersionUID = 1L;
  private final String gtid;
  private final String table;

  /**
   * @param gtid of its transaction; empty when the server writes none
   * @param table {@code schema.table}; empty when it is not about one
   */
  public InTheWayException(String gtid, String table, UnreadableDeltaException cause) {
    super(String.valueOf(cause.getMessage()), cause);
    this.gtid = gtid;
    this.table = table;
  }

  /** Of the transaction that cannot be read; empty when the server writes none. */
  public String gtid() {
    return gtid;
  }

  /** Whose rows cannot be read, {@code schema.table}; empty when it is not about one table. */
  public String table() {
    return table;
  }
}
