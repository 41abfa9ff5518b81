package dev.repli.inplace;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Pattern;

/** Up to where people want to have everything back, as they typed it. */
public sealed interface WantedEnd {
  /** Everything before the upgrade. */
  record Upgrade() implements WantedEnd {}

  /** Everything that a binary log holds before an offset. */
  record At(String file, long offset) implements WantedEnd {}

  /** Everything up to this transaction, with it. */
  record Through(String gtid) implements WantedEnd {}

  /** Everything before the first transaction of this second or a later one. */
  record Before(Instant time) implements WantedEnd {}

  Pattern POSITION = Pattern.compile("[^\\s:,/]{1,200}:[0-9]{1,18}");
  Pattern GTID = Pattern.compile("[0-9]{1,10}-[0-9]{1,10}-[0-9]{1,19}");
  Pattern TIME = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9:]{8}(Z| UTC)?");

  /**
   * @param typed empty for the upgrade
   * @throws IllegalArgumentException when it is none of these; the message says how they look
   */
  static WantedEnd of(String typed) {
    String text = typed.strip();
    if (text.isEmpty()) {
      return new Upgrade();
    }
    if (GTID.matcher(text).matches()) {
      return new Through(text);
    }
    if (TIME.matcher(text).matches()) {
      return new Before(time(text));
    }
    if (POSITION.matcher(text).matches()) {
      int colon = text.indexOf(':');
      return new At(text.substring(0, colon), Long.parseLong(text.substring(colon + 1)));
    }
    throw new IllegalArgumentException(
        "the end of the recovery is none of these: a place in a binary log (bin.000002:560), one GTID (0-1-42),"
            + " a time in UTC (2026-07-14T10:00:00Z); leave it empty for the upgrade");
  }

  private static Instant time(String text) {
    try {
      return LocalDateTime.parse(text.substring(0, 19).replace(' ', 'T')).toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "the end of the recovery names a day or time that does not exist; write it as 2026-07-14T10:00:00Z,"
              + " in UTC",
          e);
    }
  }

  /**
   * Why people cannot have this; empty when they can, as far as one can tell without the logs.
   *
   * @param delta what happens to what was written since the upgrade
   */
  static Optional<String> refusal(String typed, String delta) {
    try {
      return of(typed) instanceof Upgrade || delta.equals("ABANDON")
          ? Optional.empty()
          : Optional.of(
              "what was written since the upgrade builds on what this end gives up, and cannot be"
                  + " written again without it: leave the end empty, or answer ABANDON and give"
                  + " up both");
    } catch (IllegalArgumentException unknown) {
      return Optional.of(String.valueOf(unknown.getMessage()));
    }
  }
}
