package dev.repli.plan.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Plans as texts, and what becomes of them. */
final class PlanTexts {
  /** The smallest plan; line numbers in tests count from here. */
  static final String GOOD =
      """
      id: shop
      title: Shop
      source:
        kind: mariadb
        host: db1.example
        account: {user: repli, password: "env:P1"}
        replication: {user: repl, password: "env:P2"}
      target:
        kind: mariadb
        host: db2.example
        account: {user: repli, password: "env:P1"}
        replication: {user: repl, password: "env:P2"}
      routes:
        - type: lab
          name: app
      probe:
        account: {user: probe, password: "env:P3"}
      """;

  private PlanTexts() {}

  /** The good plan with one part of it, which has to be there, replaced once. */
  static String with(String part, String replacement) {
    int at = GOOD.indexOf(part);
    assertThat(at).as("%s in the plan", part).isNotNegative();
    return GOOD.substring(0, at) + replacement + GOOD.substring(at + part.length());
  }

  static String plus(String lines) {
    return GOOD + lines + "\n";
  }

  static PlanFile read(Path directory, String text) {
    try {
      return PlanFile.read(Files.writeString(directory.resolve("plan.yaml"), text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is said of a text, without the name of its file. */
  static List<String> messages(Path directory, String text) {
    String file = directory.resolve("plan.yaml") + ":";
    return read(directory, text).errors().stream()
        .map(PlanError::message)
        .peek(message -> assertThat(message).startsWith(file))
        .map(message -> message.substring(file.length()))
        .toList();
  }
}
