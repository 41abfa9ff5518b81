package dev.repli.delta.binlog;

import dev.repli.delta.Cell;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** Dates and times from the forms in which both servers store them, zeros and signs as they are. */
final class Times {
  private static final long DATETIME_ZERO = 0x8000000000L;
  private static final long TIME_ZERO_SHORT = 0x800000L;
  private static final long TIME_ZERO_LONG = 0x800000000000L;
  private static final long FRACTION_SIZE = 1L << 24;
  private static final int[] TO_MICROS = {1_000_000, 10_000, 10_000, 100, 100, 1, 1};

  private Times() {}

  static Cell date(EventBytes in) {
    int packed = in.smallInt(3);
    StringBuilder text = new StringBuilder(10);
    date(text, packed >> 9, (packed >> 5) & 0x0F, packed & 0x1F);
    return new Cell.Text(text.toString());
  }

  static Cell year(EventBytes in) {
    int year = in.u8();
    return new Cell.Text(year == 0 ? "0000" : Integer.toString(1900 + year));
  }

  static Cell dateTime(EventBytes in, int digits) {
    long packed = in.big(5) - DATETIME_ZERO;
    StringBuilder text = new StringBuilder(26);
    int yearMonth = (int) (packed >> 22);
    date(text, yearMonth / 13, yearMonth % 13, (int) ((packed >> 17) & 0x1F));
    text.append(' ');
    clock(text, (int) ((packed >> 12) & 0x1F), (int) ((packed >> 6) & 0x3F), (int) (packed & 0x3F));
    fraction(text, in, digits);
    return new Cell.Text(text.toString());
  }

  /** Seconds since 1970 without sign, so up to 2106; in UTC. */
  static Cell timestamp(EventBytes in, int digits) {
    long seconds = in.big(4);
    StringBuilder text = new StringBuilder(26);
    if (seconds == 0) {
      text.append("0000-00-00 00:00:00");
    } else {
      LocalDateTime time = LocalDateTime.ofEpochSecond(seconds, 0, ZoneOffset.UTC);
      date(text, time.getYear(), time.getMonthValue(), time.getDayOfMonth());
      text.append(' ');
      clock(text, time.getHour(), time.getMinute(), time.getSecond());
    }
    fraction(text, in, digits);
    return new Cell.Text(text.toString());
  }

  /** A span of time with a sign; a negative one is stored as a complement with its fraction. */
  static Cell time(EventBytes in, int digits) {
    int bytes = (digits + 1) / 2;
    long packed;
    if (bytes == 3) {
      packed = in.big(6) - TIME_ZERO_LONG;
    } else {
      long whole = in.big(3) - TIME_ZERO_SHORT;
      long part = in.big(bytes);
      if (whole < 0 && part > 0) {
        whole++;
        part -= 1L << (8 * bytes);
      }
      packed = whole * FRACTION_SIZE + part * (bytes == 0 ? 0 : TO_MICROS[digits]);
    }
    StringBuilder text = new StringBuilder(17);
    if (packed < 0) {
      text.append('-');
    }
    long size = Math.abs(packed);
    int whole = (int) (size / FRACTION_SIZE);
    clock(text, (whole >> 12) & 0x3FF, (whole >> 6) & 0x3F, whole & 0x3F);
    micros(text, (int) (size % FRACTION_SIZE), digits);
    return new Cell.Text(text.toString());
  }

  static void date(StringBuilder text, int year, int month, int day) {
    padded(text, year, 4).append('-');
    padded(text, month, 2).append('-');
    padded(text, day, 2);
  }

  static void clock(StringBuilder text, int hour, int minute, int second) {
    padded(text, hour, 2).append(':');
    padded(text, minute, 2).append(':');
    padded(text, second, 2);
  }

  private static void fraction(StringBuilder text, EventBytes in, int digits) {
    if (digits > 0) {
      micros(text, (int) in.big((digits + 1) / 2) * TO_MICROS[digits], digits);
    }
  }

  static void micros(StringBuilder text, int micros, int digits) {
    if (digits > 0) {
      text.append('.');
      int from = text.length();
      padded(text, micros, 6);
      text.setLength(from + digits);
    }
  }

  private static StringBuilder padded(StringBuilder text, int value, int width) {
    for (int limit = 10, i = 1; i < width; i++, limit *= 10) {
      if (value < limit) {
        text.append('0');
      }
    }
    return text.append(value);
  }
}
