package dev.repli.delta.binlog;

import dev.repli.delta.UnreadableDeltaException;

/** Two-phase transactions: their rows stand in the log before anybody knows whether they commit. */
final class XaTransactions {
  private XaTransactions() {}

  static UnreadableDeltaException refused(String gtid) {
    return new UnreadableDeltaException(
        "transaction "
            + gtid
            + " is an XA transaction: its rows are written before it commits, so their order is not"
            + " known; let the application use ordinary transactions while a way back is kept");
  }
}
