package dev.repli.communication.wording;

import dev.repli.communication.VisibleText;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Facts in words: {@code tookMs} becomes {@code took}, {@code begunAt} becomes {@code begun}, and
 * no text can add a line, turn the reading direction or fill the page.
 */
final class FactWords {
  private static final int LONGEST = 1000;

  private FactWords() {}

  static Map<String, String> of(Map<String, String> facts, Locale locale) {
    Map<String, String> words = new TreeMap<>();
    facts.forEach((name, value) -> put(words, name, plain(value), locale));
    return words;
  }

  private static void put(Map<String, String> words, String name, String value, Locale locale) {
    if (name.endsWith("Ms") && value.matches("[0-9]{1,15}")) {
      String stem = name.substring(0, name.length() - 2);
      words.put(stem, duration(Duration.ofMillis(Long.parseLong(value)), locale));
    } else if (name.endsWith("At")) {
      words.put(name.substring(0, name.length() - 2), time(value, locale));
    } else {
      words.put(name.equals("at") ? "at" : name, name.equals("at") ? time(value, locale) : value);
    }
  }

  /** One line, no invisible characters. */
  static String plain(String text) {
    int end =
        text.codePointCount(0, text.length()) > LONGEST
            ? text.offsetByCodePoints(0, LONGEST)
            : text.length();
    return VisibleText.line(text.substring(0, end));
  }

  private static String time(String instant, Locale locale) {
    try {
      String form = french(locale) ? "d MMMM yyyy 'à' HH:mm 'UTC'" : "HH:mm 'UTC on' d MMMM yyyy";
      return DateTimeFormatter.ofPattern(form, french(locale) ? Locale.FRENCH : Locale.ENGLISH)
          .withZone(ZoneOffset.UTC)
          .format(Instant.parse(instant));
    } catch (DateTimeException e) {
      return instant;
    }
  }

  static String duration(Duration duration, Locale locale) {
    if (duration.compareTo(Duration.ofSeconds(2)) < 0) {
      return duration.toMillis() + " ms";
    }
    if (duration.compareTo(Duration.ofMinutes(2)) < 0) {
      return duration.toSeconds() + " s";
    }
    if (duration.compareTo(Duration.ofHours(2)) < 0) {
      return duration.toMinutes() + " min";
    }
    if (duration.compareTo(Duration.ofDays(3)) < 0) {
      return duration.toHours() + " h" + rest(duration.toMinutesPart(), " min");
    }
    return duration.toDays() + (french(locale) ? " jours" : " days");
  }

  private static String rest(int amount, String unit) {
    return amount == 0 ? "" : " " + amount + unit;
  }

  private static boolean french(Locale locale) {
    return locale.getLanguage().equals("fr");
  }
}
