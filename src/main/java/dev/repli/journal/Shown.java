package dev.repli.journal;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;

/** Values as people read them. */
public final class Shown {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  /** Characters that would be invisible or turn the text around them. */
  private static final Pattern DECEIVING =
      Pattern.compile(
          "[\\p{Cc}&&[^\\n\\t]]|[\\u061C\\u200B-\\u200F\\u2028-\\u202E\\u2060-\\u206F\\uFEFF]");

  private Shown() {}

  public static String time(Instant at) {
    return TIME.format(at);
  }

  public static String duration(Duration took) {
    if (took.compareTo(Duration.ofSeconds(1)) < 0) {
      double millis = took.toNanos() / 1e6;
      return String.format(Locale.ROOT, millis < 10 ? "%.1f ms" : "%.0f ms", millis);
    }
    if (took.compareTo(Duration.ofMinutes(1)) < 0) {
      return String.format(Locale.ROOT, "%.1f s", took.toMillis() / 1e3);
    }
    long hours = took.toHours();
    String minutes = took.toMinutesPart() + " min " + took.toSecondsPart() + " s";
    return hours == 0 ? minutes : hours + " h " + minutes;
  }

  /** {@code Incident triage} of {@code IncidentTriageProcess}. */
  public static String runbook(String process) {
    String words = process.replaceFirst("Process$", "").replaceAll("(?<=[a-z])(?=[A-Z])", " ");
    return words.isEmpty()
        ? process
        : words.charAt(0) + words.substring(1).toLowerCase(Locale.ROOT);
  }

  /** Without fractions of a second, for pages that are read and not compared. */
  public static String second(Instant at) {
    return SECOND.format(at);
  }

  /** The text with every deceiving character made visible as a replacement character. */
  public static String honest(String text) {
    return DECEIVING.matcher(text).replaceAll("\uFFFD");
  }
}
