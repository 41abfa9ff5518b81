package dev.repli.guardrail.configuration;

import dev.repli.guardrail.Situation;
import dev.repli.guardrail.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Settings of both nodes, compared. */
final class Settings {
  private Settings() {}

  /** The verdict on settings that have to be equal. */
  static Verdict equal(Situation situation, String... names) {
    List<String> problems = new ArrayList<>();
    for (String name : names) {
      Optional<String> source = situation.source().server().get().variable(name);
      Optional<String> target = situation.target().server().get().variable(name);
      boolean bothKnow = source.isPresent() && target.isPresent();
      if (bothKnow && !normal(source.get()).equals(normal(target.get()))) {
        problems.add(
            "%s is '%s' on the source, '%s' on the target"
                .formatted(name, source.get(), target.get()));
      }
    }
    return Verdict.unless(problems, "equal: " + String.join(", ", names));
  }

  /** Order and case of what is listed do not matter. */
  private static String normal(String value) {
    return Arrays.stream(value.toUpperCase(Locale.ROOT).split(",", -1))
        .sorted()
        .collect(Collectors.joining(","));
  }
}
