package dev.repli.plan.yaml;

import static dev.repli.plan.yaml.PlanTexts.GOOD;
import static dev.repli.plan.yaml.PlanTexts.plus;
import static dev.repli.plan.yaml.PlanTexts.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that are refused as a whole, before their keys are looked at. */
class BadPlanFileTest {
  private static final String KEYS =
      "id, title, locale, source, target, active, routes, rollbackWindow, budgets, blockers, probe,"
          + " approvals, steps, cutover, checks, copy, people, guardrails, reads, delta, criteria,"
          + " communication, contacts";
  private static final String VISIBLE = "text without control and direction characters";

  @TempDir Path directory;

  static Stream<Arguments> files() {
    return Stream.of(
        bad("empty", "", "1:1: the file is empty; accepted: a plan"),
        bad("comments", "# nothing\n", "1:1: the file is empty; accepted: a plan"),
        bad("null", "null\n", "1:1: the file has no value; accepted: a block of the keys " + KEYS),
        bad(
            "text",
            "x\n",
            "1:1: the file is a single value; accepted: a block of the keys " + KEYS),
        bad("list", "- a\n", "1:1: the file is a list; accepted: a block of the keys " + KEYS),
        bad(
            "tab",
            with("  kind", "\tkind"),
            "4:1: the file is indented with a tab; accepted: spaces"),
        bad(
            "anchor and alias",
            with("kind: mariadb", "kind: &k mariadb").replace("db2.example", "*k"),
            "4:9: source.kind defines an anchor (&); accepted: values written out",
            "10:9: target.host uses an alias (*); accepted: values written out"),
        bad(
            "alias in a list",
            with("- type: lab", "- &r {type: lab, name: a}\n  - *r\n  - type: lab"),
            "14:5: routes[0] defines an anchor (&); accepted: values written out",
            "15:5: routes[1] uses an alias (*); accepted: values written out"),
        bad(
            "tag",
            with("title: Shop", "title: !!javax.script.ScriptEngineManager [x]"),
            "2:8: title uses a tag (!); accepted: values without tags"),
        bad(
            "deep flow",
            with("title: Shop", "title: " + "[".repeat(1000) + "]".repeat(1000)),
            "2:27: the file is nested deeper than 20 levels"),
        bad(
            "deep block",
            IntStream.range(0, 1000)
                .mapToObj(depth -> " ".repeat(depth) + "a:\n")
                .collect(Collectors.joining()),
            "21:21: the file is nested deeper than 20 levels"),
        bad(
            "unclosed list",
            with("{user: repli", "{user: [repli"),
            "6:45: source.account.user[2] is not YAML here: expected ',' or ']', but got }"),
        bad(
            "secret that breaks the syntax",
            with("\"env:P1\"", "hunter2: hunter3"),
            "6:43: source.account is not YAML here: expected ',' or '}', but got :"),
        bad(
            "two documents",
            GOOD + "---\n" + GOOD,
            "18:1: the file holds a second document; accepted: one plan in each file"),
        bad(
            "key that is a list",
            plus("? [a]\n: b"),
            "18:3: the file has a key that is no word; accepted: " + KEYS),
        bad(
            "NUL",
            with("Shop", "Sh\0op"),
            "2:10: the file contains the invisible character U+0000; accepted: " + VISIBLE),
        bad(
            "right-to-left override, also in a comment",
            plus("# \u202e"),
            "18:3: the file contains the invisible character U+202E; accepted: " + VISIBLE));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("files")
  void refusesTheFile(String name, String text, String... messages) {
    assertThat(PlanTexts.messages(directory, text)).containsExactly(messages);
  }

  @Test
  void refusesWhatIsNotUtf8() throws IOException {
    Path file =
        Files.write(
            directory.resolve("plan.yaml"),
            "title: Caf\u00e9".getBytes(StandardCharsets.ISO_8859_1));

    assertThat(PlanFile.read(file).errors())
        .extracting(PlanError::message)
        .containsExactly(file + ":1:1: the file is not valid UTF-8; accepted: text in UTF-8");
  }

  @Test
  void refusesAFileOfMoreThanOneMegabyteWithoutParsingIt() throws IOException {
    String bomb = "[".repeat(PlanText.MOST_BYTES + 1);
    Path file = Files.writeString(directory.resolve("plan.yaml"), bomb);

    assertThat(PlanFile.read(file).errors())
        .extracting(PlanError::message)
        .containsExactly(
            file + ":1:1: the file is larger than 1 MB; accepted: a plan of at most 1 MB");
  }

  @Test
  void saysThatAFileIsNotThere() {
    Path file = directory.resolve("none.yaml");

    assertThat(PlanFile.read(file).errors())
        .extracting(PlanError::message)
        .containsExactly(file + ":1:1: the file cannot be read: NoSuchFileException");
  }

  private static Arguments bad(String name, String text, String... messages) {
    return Arguments.of(name, text, messages);
  }
}
