package dev.repli.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.engine.BrowserSession;
import dev.repli.journal.Evidence.Measured;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.run.RunKey;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What people see of one run while it goes on. */
class RunPageTest extends ServedApi {
  private HttpResponse<String> page(String user, String key) {
    return BrowserSession.open(port, user, user.equals("mgr1") ? "cockpit" : "tasklist")
        .get("/runs/" + key);
  }

  @Test
  void saysWhoIsWantedAndWhatHappenedNewestFirst() {
    assertThat(http.post("/api/incidents", TestIncident.json(id)).status()).isEqualTo(202);
    RunKey run = new RunKey(id);
    journal.append(run, new Milestone("FIRST", "first of <b>all</b>", Map.of()));
    journal.append(run, new Milestone("SECOND", "and then", Map.of()));
    journal.append(run, new Milestone("GUARDRAIL", "well in order", Map.of("status", "GREEN")));
    journal.append(run, new Measured("disk", "db1", "not known", "RISK"));
    journal.append(run, new Measured("time zone", "db1", "equal", "GOOD"));

    HttpResponse<String> page = page("op1", id);

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("default-src 'none'", "script-src 'self'");
    assertThat(page.body())
        .contains(
            "Run " + id,
            "Who is wanted",
            "Approve rollback " + id,
            "approvers",
            "first of &lt;b&gt;all",
            "db1 not known RISK",
            "data-events=\"/api/runs/" + id + "/events\"",
            "/scripts/live.js")
        .doesNotContain("<b>all", "time zone", "well in order");
    assertThat(page.body().indexOf("and then")).isLessThan(page.body().indexOf("first of"));
  }

  @Test
  void isForEverybodyWithARoleAndForNobodyElse() {
    http.post("/api/incidents", TestIncident.json(id));

    BrowserSession manager = BrowserSession.open(port, "mgr1", "cockpit");
    assertThat(manager.get("/runs/" + id).body()).contains("Who is wanted");
    assertThat(manager.get("/scripts/live.js").body()).contains("EventSource");
    assertThat(manager.get("/").body()).contains("href=\"/runs/" + id + "\"", "Ways back");
    assertThat(http.get("/runs/" + id).body()).doesNotContain("Who is wanted");
  }

  @Test
  void listensNoMoreOnceTheRunHasEnded() {
    http.post("/api/incidents", TestIncident.json(id));
    http.post("/api/runs/" + id + "/abort", "{\"reason\":\"false alarm\"}");

    assertThat(page("op1", id).body())
        .contains("ended: Rollback aborted", "data-events=\"\"")
        .doesNotContain("Who is wanted");
  }

  @Test
  void isNotThereForAnUnknownRun() {
    assertThat(page("op1", "no-such-run").statusCode()).isEqualTo(404);
    assertThat(page("op1", "%3Cscript%3E").body()).doesNotContain("<script>");
  }
}
