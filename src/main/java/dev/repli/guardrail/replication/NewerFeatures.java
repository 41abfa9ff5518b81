package dev.repli.guardrail.replication;

import dev.repli.database.survey.Accounts;
import dev.repli.database.survey.NodeSurvey;
import dev.repli.database.survey.Programs;
import dev.repli.database.survey.Tables;
import dev.repli.database.survey.Version;
import dev.repli.guardrail.About;
import dev.repli.guardrail.Group;
import dev.repli.guardrail.Guardrail;
import dev.repli.guardrail.Situation;
import dev.repli.guardrail.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

@Component
final class NewerFeatures implements Guardrail {
  private static final Pattern DEFAULTED = Pattern.compile("(?i)\\bdefault\\b");

  /** Functions, with the release that has them first. */
  private static final Map<String, int[]> FUNCTIONS =
      Map.of(
          "json_schema_valid", new int[] {11, 1},
          "json_key_value", new int[] {11, 2},
          "json_array_intersect", new int[] {11, 2},
          "json_object_filter_keys", new int[] {11, 2},
          "uuid_v4", new int[] {11, 7},
          "uuid_v7", new int[] {11, 7},
          "vec_distance", new int[] {11, 7},
          "vec_fromtext", new int[] {11, 7});

  @Override
  public About about() {
    return About.blocks(
            Group.REPLICATION,
            "newer-features",
            "Nothing is defined that the older node does not know")
        .protectsFrom(
            "a way back that stops: VECTOR columns (4161), uuid_v7() as default (1901),"
                + " parameters with defaults (1064), functions that are missing in a view"
                + " (1305), SHOW CREATE ROUTINE (1064)")
        .reads("columns, defaults, views, routines and privileges on the newer node")
        .mend("drop or rewrite what is listed, or give up replication as the way back")
        .alsoInTheWindow();
  }

  @Override
  public Verdict check(Situation situation) {
    if (!GtidStrict.maria(situation)) {
      return Verdict.holds("judged by the guardrails on MySQL");
    }
    boolean sourceOlder =
        situation
                .source()
                .server()
                .get()
                .version()
                .compareTo(situation.target().server().get().version())
            <= 0;
    NodeSurvey older = sourceOlder ? situation.source() : situation.target();
    NodeSurvey newer = sourceOlder ? situation.target() : situation.source();
    Version old = older.server().get().version();
    if (old.sameSeries(newer.server().get().version())) {
      return Verdict.holds("the same release on both nodes");
    }
    List<String> problems = new ArrayList<>();
    if (!old.atLeast(11, 7)) {
      columns(newer.tables().get(), problems);
    }
    programs(newer.programs().get(), old, problems);
    accounts(newer.accounts().get(), older.accounts().get(), problems);
    return Verdict.unless(problems, old.label() + " knows everything that is defined");
  }

  private static void columns(Tables tables, List<String> problems) {
    tables
        .columns(column -> column.dataType().equals("vector"))
        .forEach(column -> problems.add("VECTOR column " + column + " (error 4161)"));
    tables
        .columns(
            column ->
                column.fallback().orElse("").toLowerCase(Locale.ROOT).matches(".*uuid_v[47].*"))
        .forEach(
            column ->
                problems.add(
                    "default of "
                        + column
                        + ": "
                        + column.fallback().orElse("")
                        + " (error 1901)"));
  }

  private static void programs(Programs programs, Version old, List<String> problems) {
    Stream.of(programs.views(), programs.routines(), programs.triggers())
        .flatMap(List::stream)
        .forEach(stored -> functions(stored, old, problems));
    if (!old.atLeast(11, 8)) {
      programs.routines().stream()
          .filter(routine -> DEFAULTED.matcher(routine.parameters()).find())
          .forEach(
              r ->
                  problems.add(
                      "parameter with a default in "
                          + r.kind()
                          + " "
                          + r.name()
                          + " (error 1064)"));
    }
  }

  private static void functions(Programs.Stored stored, Version old, List<String> problems) {
    String text = stored.text().toLowerCase(Locale.ROOT);
    FUNCTIONS.forEach(
        (name, since) -> {
          if (!old.atLeast(since[0], since[1]) && text.contains(name)) {
            problems.add(stored.kind() + " " + stored.name() + " uses " + name + " (error 1305)");
          }
        });
  }

  /** ALL PRIVILEGES contains it, too, and replicates well under that name. */
  private static void accounts(Accounts newer, Accounts older, List<String> problems) {
    if (older.privilegesKnown().contains("Show Create Routine")) {
      return;
    }
    for (Accounts.Account account : newer.all()) {
      account
          .grants()
          .forEach(
              (on, privileges) -> {
                boolean alone =
                    privileges.contains("SHOW CREATE ROUTINE")
                        && !privileges.contains("ALTER ROUTINE");
                if (alone) {
                  problems.add(
                      "SHOW CREATE ROUTINE ON " + on + " of " + account.label() + " (error 1064)");
                }
              });
    }
  }
}
