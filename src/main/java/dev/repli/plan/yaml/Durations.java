package dev.repli.plan.yaml;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Shapes of durations: {@code 500ms}, {@code 10s}, {@code 5m}, {@code 24h}, {@code 7d}, PT10S. */
final class Durations {
  private static final String SHORT = "([0-9]{1,9})(ms|s|m|h|d)";
  private static final String ISO =
      "P([0-9]{1,9}D)?(T([0-9]{1,9}H)?([0-9]{1,9}M)?([0-9]{1,9}(\\.[0-9]{1,3})?S)?)?";
  private static final Pattern SHORT_FORM = Pattern.compile(SHORT);
  private static final Pattern ISO_FORM = Pattern.compile(ISO);

  private Durations() {}

  /** Both ends included; {@code least} and {@code most} are written as in a file. */
  static Scalar<Duration> between(String least, String most) {
    Duration shortest = parse(least).orElseThrow();
    Duration longest = parse(most).orElseThrow();
    Map<String, Object> schema = Texts.pattern("^(?:" + SHORT + "|" + ISO + ")$");
    return new Scalar<>(
        "a duration from " + least + " to " + most + ", such as 500ms, 10s, 5m, 24h or PT10S",
        schema,
        (node, refusal) -> {
          String text = node.getValue();
          if (text.matches("[0-9]+")) {
            return refusal.because(
                "is " + Shown.quoted(text) + ", which has no unit", "did you mean " + text + "s?");
          }
          Optional<Duration> duration = parse(text);
          if (duration.isEmpty()) {
            return refusal.because("is " + Shown.quoted(text) + ", which is no duration");
          }
          return duration
              .filter(value -> value.compareTo(shortest) >= 0 && value.compareTo(longest) <= 0)
              .or(() -> refusal.because("is " + Shown.quoted(text)));
        });
  }

  static Optional<Duration> parse(String text) {
    Matcher form = SHORT_FORM.matcher(text);
    if (form.matches()) {
      return Optional.of(of(Long.parseLong(form.group(1)), form.group(2)));
    }
    try {
      return ISO_FORM.matcher(text).matches()
          ? Optional.of(Duration.parse(text))
          : Optional.empty();
    } catch (DateTimeParseException e) {
      return Optional.empty(); // the form lets "P" and "PT" through, which name no amount
    }
  }

  private static Duration of(long amount, String unit) {
    return switch (unit) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofDays(amount);
    };
  }
}
