package dev.repli.web;

import dev.repli.journal.Evidence.Measured;
import dev.repli.journal.Shown;
import dev.repli.run.RunKey;
import dev.repli.watch.WatchRounds;
import dev.repli.watch.WatchRounds.Round;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** What the watch after a rollback has seen, by the key of the watch or of the rollback. */
@RestController
final class WatchApi {
  private static final Comparator<Measured> WORST_FIRST =
      Comparator.comparing(seen -> !seen.unit().equals("BAD"));

  private final WatchRounds rounds;

  WatchApi(WatchRounds rounds) {
    this.rounds = rounds;
  }

  @GetMapping(value = "/api/runs/{key}/watch", produces = MediaType.APPLICATION_JSON_VALUE)
  List<Round> rounds(@PathVariable String key, HttpServletRequest request) {
    Params.only(request);
    return known(Params.runKey(key));
  }

  /** The same as one page, the newest round first; it needs no script. */
  @GetMapping("/api/runs/{key}/watch.html")
  ResponseEntity<byte[]> page(@PathVariable String key, HttpServletRequest request) {
    Params.only(request);
    RunKey run = Params.runKey(key);
    List<Round> all = known(run);
    StringBuilder body = new StringBuilder("<nav><a href=\"/\">Repli</a></nav>\n");
    for (int round = all.size(); round > 0; round--) {
      body.append(section(round, all.get(round - 1)));
    }
    return ResponseEntity.ok()
        .contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8))
        .header(
            "Content-Security-Policy",
            "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none';"
                + " frame-ancestors 'none'")
        .header("Referrer-Policy", "no-referrer")
        .cacheControl(CacheControl.noStore())
        .body(Html.page("Watch after " + run, body.toString()));
  }

  private static String section(int number, Round round) {
    StringBuilder html = new StringBuilder("<section><h2>Round ");
    html.append(number)
        .append(", ")
        .append(Shown.second(round.at()))
        .append(": ")
        .append(Html.escape(round.state().toLowerCase(Locale.ROOT)))
        .append("</h2><p>")
        .append(Html.escape(round.text()))
        .append("</p><table><tr><th>verdict</th><th>what</th><th>where</th><th>seen</th></tr>\n");
    for (Measured seen : round.seen().stream().sorted(WORST_FIRST).toList()) {
      html.append("<tr>");
      String verdict = seen.unit().toLowerCase(Locale.ROOT);
      for (String cell : List.of(verdict, seen.what(), seen.node(), seen.value())) {
        html.append("<td>").append(Html.escape(cell)).append("</td>");
      }
      html.append("</tr>\n");
    }
    return html.append("</table></section>\n").toString();
  }

  private List<Round> known(RunKey run) {
    List<Round> all = rounds.of(run);
    if (all.isEmpty()) {
      throw Problem.of(
          HttpStatus.NOT_FOUND,
          "no-watch",
          "There is no watch of "
              + run
              + ": one begins at the end of a rollback that moved the writer back.");
    }
    return all;
  }
}
