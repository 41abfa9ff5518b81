package dev.repli.guardrail;

import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * How one guardrail is made to fail.
 *
 * @param green where it holds
 * @param says part of what it finds when it does not
 */
record Case(Supplier<SurveyedPair> green, Consumer<SurveyedPair> breaks, String says) {

  /** On two nodes of one release. */
  static Case of(Consumer<SurveyedPair> breaks, String says) {
    return new Case(SurveyedPair::mariaDb, breaks, says);
  }

  /** On a replica of MySQL. */
  static Case ofMySql(Consumer<SurveyedPair> breaks, String says) {
    return new Case(SurveyedPair::mysqlToMariaDb, breaks, says);
  }

  /** On 10.11 with a replica of 11.8. */
  static Case acrossReleases(Consumer<SurveyedPair> breaks, String says) {
    return new Case(() -> new SurveyedPair("10.11.18-MariaDB", "11.8.6-MariaDB"), breaks, says);
  }

  /** A global variable of the target. */
  static Case variable(String name, String value, String says) {
    return of(pair -> pair.target.variables.put(name, value), says);
  }

  /** A global variable that the source has with one value and the target with another. */
  static Case unequal(String name) {
    return of(
        pair -> {
          pair.source.variables.put(name, "1");
          pair.target.variables.put(name, "2");
        },
        name);
  }
}
