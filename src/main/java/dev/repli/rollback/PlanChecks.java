package dev.repli.rollback;

import static dev.repli.rollback.Finding.bad;
import static dev.repli.rollback.Finding.expect;

import dev.repli.database.NodeException;
import dev.repli.database.NodeSession;
import dev.repli.plan.Checks.HttpCheck;
import dev.repli.plan.Checks.QueryCheck;
import dev.repli.plan.Plan;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The plan's own checks: queries on a node, requests to the application. */
public final class PlanChecks {
  private static final Duration QUERY_LIMIT = Duration.ofSeconds(5);
  private final HttpLook http;

  PlanChecks(HttpLook http) {
    this.http = http;
  }

  public List<Finding> queries(Plan plan, NodeSession node) {
    return plan.checks().queries().stream().map(check -> query(check, node)).toList();
  }

  private static Finding query(QueryCheck check, NodeSession node) {
    String what = "query " + check.name();
    try {
      String answer = node.queryText(check.sql(), QUERY_LIMIT).orElse("no row");
      return expect(
          answer.equals(check.expected()),
          what,
          node.node().label(),
          answer.equals(check.expected())
              ? answer
              : "'" + answer + "' instead of '" + check.expected() + "'");
    } catch (NodeException e) {
      return bad(what, node.node().label(), String.valueOf(e.getMessage()));
    }
  }

  /** All requests at once, so that they take no longer than the slowest. */
  public Findings http(Plan plan) {
    List<CompletableFuture<Finding>> asked =
        plan.checks().http().stream().map(this::request).toList();
    return new Findings(asked.stream().map(CompletableFuture::join).toList());
  }

  private CompletableFuture<Finding> request(HttpCheck check) {
    return http.get(check.url(), check.timeout()).thenApply(answer -> judge(check, answer));
  }

  private static Finding judge(HttpCheck check, HttpLook.Answer answer) {
    String what = "request " + check.name();
    String where = check.url().toString();
    if (answer instanceof HttpLook.Silent silent) {
      return bad(what, where, silent.why());
    }
    HttpLook.Answered said = (HttpLook.Answered) answer;
    boolean status = said.status() == check.status();
    boolean text = check.contains().map(said.body()::contains).orElse(true);
    String found = "status " + said.status() + (status ? "" : " instead of " + check.status());
    return expect(
        status && text, what, where, text ? found : found + ", the expected text is missing");
  }
}
