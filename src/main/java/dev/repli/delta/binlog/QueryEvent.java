package dev.repli.delta.binlog;

import java.nio.charset.StandardCharsets;

/** The statement in an event. */
final class QueryEvent {
  private QueryEvent() {}

  static StatementText text(RawEvent event) {
    EventBytes in = event.bytes();
    in.skip(8); // session, duration
    int schemaLength = in.u8();
    in.skip(2); // error
    in.skip(in.smallInt(2)); // variables of the session
    String schema = in.text(schemaLength);
    in.skip(1);
    byte[] sql = event.type == EventCode.QUERY_COMPRESSED ? Inflated.rest(in) : in.rest();
    return new StatementText(schema, new String(sql, StandardCharsets.UTF_8));
  }
}
