package dev.repli.delta.binlog;

/** Events that tell nothing about rows. */
final class KnownEvents {
  private KnownEvents() {}

  static boolean isWithoutRows(RawEvent event) {
    return switch (event.type) {
      case EventCode.STOP,
          EventCode.ROTATE,
          EventCode.INTVAR,
          EventCode.DELETE_FILE,
          EventCode.RAND,
          EventCode.USER_VAR,
          EventCode.FORMAT_DESCRIPTION,
          EventCode.IGNORABLE,
          EventCode.ROWS_QUERY,
          EventCode.PREVIOUS_GTIDS,
          EventCode.TRANSACTION_CONTEXT,
          EventCode.VIEW_CHANGE,
          EventCode.ANNOTATE_ROWS,
          EventCode.BINLOG_CHECKPOINT,
          EventCode.MARIADB_GTID_LIST,
          EventCode.START_ENCRYPTION ->
          true;
      default -> (event.flags & EventCode.FLAG_IGNORABLE) != 0;
    };
  }
}
