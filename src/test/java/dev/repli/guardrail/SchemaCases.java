package dev.repli.guardrail;

import static dev.repli.guardrail.SurveyedPair.ORDERS;
import static dev.repli.guardrail.SurveyedPair.column;

import dev.repli.comparison.Verdict;
import dev.repli.database.survey.Contents;
import dev.repli.database.survey.Contents.Found;
import dev.repli.database.survey.Reading;
import dev.repli.database.survey.Surveyor.NumberBehind;
import dev.repli.database.survey.TableName;
import dev.repli.database.survey.Tables;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** How guardrails on the schema and what it holds are made to fail. */
final class SchemaCases {
  private SchemaCases() {}

  static Map<String, Case> all() {
    Map<String, Case> cases = new HashMap<>();
    tables(cases);
    programs(cases);
    versioned(cases);
    cases.put(
        "sequences-ahead",
        Case.of(
            pair -> pair.behind.add(new NumberBehind(ORDERS, true, 10, 1, OptionalLong.empty())),
            "goes on with 10"));
    cases.put(
        "rows-compared",
        Case.of(
            pair ->
                pair.comparison =
                    Reading.of(
                        Optional.of(
                            SurveyedPair.compared(
                                Verdict.EQUAL, SurveyedPair.NOW.minus(Duration.ofHours(25))))),
            "25 h 0 min ago"));
    cases.put(
        "accounts-equal",
        Case.of(pair -> pair.source.account("shop", "ed25519", ""), "missing on the target"));
    cases.put(
        "pending-migrations",
        Case.of(
            pair ->
                pair.source.migrations.add(
                    new Contents.Migrations(new TableName("app", "flyway_schema_history"), 4, 1)),
            "1 failed or running"));
    cases.put(
        "case-and-zones",
        Case.of(pair -> pair.source.timeZones = true, "have names on the source only"));
    return cases;
  }

  private static void tables(Map<String, Case> cases) {
    cases.put(
        "tables-equal",
        Case.of(
            pair -> pair.target.columns.add(column("n", "int", Optional.empty(), "")),
            "missing on the source"));
    cases.put("primary-keys", Case.of(pair -> pair.source.indexes.clear(), "no key in app.orders"));
    cases.put(
        "foreign-keys",
        Case.of(
            pair ->
                pair.source.foreignKeys.add(
                    new Tables.ForeignKey(ORDERS, "lost", new TableName("app", "nowhere"))),
            "which is not there"));
    cases.put(
        "all-visible",
        Case.of(
            pair -> pair.source.hidden.add(new TableName("secret", "t")),
            "not visible is secret.t"));
    cases.put(
        "special-engines",
        Case.of(pair -> pair.source.table("old", "MyISAM", ""), "app.old is MyISAM"));
    cases.put(
        "special-columns",
        Case.of(pair -> pair.source.table("parts", "InnoDB", "partitioned"), "is partitioned"));
  }

  private static void programs(Map<String, Case> cases) {
    cases.put(
        "programs-equal",
        Case.of(
            pair -> pair.source.routines.add(SurveyedServer.stored("procedure", "SELECT 1")),
            "missing on the target"));
    cases.put(
        "definers-exist",
        Case.of(
            pair -> pair.source.views.add(SurveyedServer.stored("view", "SELECT 1", "ghost@%")),
            "ghost@%"));
    cases.put(
        "triggers-once",
        Case.of(
            pair -> {
              pair.target.variables.put("slave_run_triggers_for_rbr", "YES");
              pair.target.triggers.add(SurveyedServer.stored("trigger", "SET NEW.n = 1"));
            },
            "slave_run_triggers_for_rbr = YES"));
    cases.put(
        "events-off-on-next",
        Case.of(
            pair -> {
              pair.target.variables.put("event_scheduler", "ON");
              pair.target.event("ENABLED");
            },
            "event app.nightly"));
    cases.put(
        "events-afterwards",
        Case.of(
            pair -> {
              pair.source.event("ENABLED");
              pair.target.event("SLAVESIDE_DISABLED");
            },
            "is switched on by the run"));
  }

  private static void versioned(Map<String, Case> cases) {
    cases.put(
        "versioned-tables",
        Case.acrossReleases(
            pair -> {
              Tables.Table orders = pair.source.tables.get(0);
              pair.source.tables.add(
                  new Tables.Table(
                      new TableName("app", "a"),
                      "SYSTEM VERSIONED",
                      orders.engine(),
                      "",
                      "",
                      2,
                      OptionalLong.empty()));
            },
            "in-place"));
    cases.put(
        "versioned-upgraded",
        Case.acrossReleases(
            pair ->
                pair.target.versioned.add(
                    new Contents.Versioned(ORDERS, Found.NO, Found.YES, Found.NO)),
            "is not converted, it shows no current row at all"));
    cases.put(
        "versioned-intact",
        Case.acrossReleases(
            pair ->
                pair.source.versioned.add(
                    new Contents.Versioned(ORDERS, Found.NO, Found.NO, Found.YES)),
            "is damaged, it shows no current row at all"));
  }
}
