package dev.repli.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.util.HtmlUtils;

class ReportFormatsTest {
  private static final Pattern TAG = Pattern.compile("<[^>]*>");

  @Test
  void beginsWithTheResult() {
    Report report = ReportExamples.report("");
    assertThat(ReportMarkdown.render(report))
        .startsWith(
            """
            # Run incident-4711

            ## Result

            No acknowledged write was lost and none was duplicated.
            """)
        .contains("- **Write outage**: 18 ms\n")
        .contains("- **Aborted in flight**: 2 \\(shop\\@10.0.0.7, shop\\@10.0.0.8\\)\n");
    assertThat(ReportHtml.render(report))
        .contains(
            "<p class=\"verdict\">No acknowledged write was lost and none was duplicated.</p>")
        .contains("<dt>Write outage</dt><dd>18 ms</dd>");
  }

  @Test
  void saysLoudlyWhatWasLost() {
    assertThat(ReportMarkdown.render(with(ReportExamples.ledger(true, 3, ""))))
        .contains("3 acknowledged writes were LOST, 0 were DUPLICATED");
  }

  @Test
  void doesNotClaimAProofWithoutTheProbe() {
    assertThat(ReportMarkdown.render(with(ReportExamples.ledger(false, 0, ""))))
        .contains("nothing is proved about single writes")
        .doesNotContain("No acknowledged write was lost");
  }

  private static Report with(Ledger ledger) {
    Journal journal = new InMemoryJournal();
    journal.append(ReportExamples.RUN, new Evidence.LedgerSigned(ledger));
    return new Reports(journal).of(ReportExamples.run(false, true));
  }

  @Test
  void aDryRunListsWhatItWouldHaveSentInOrderAndClaimsNothing() {
    Journal journal = new InMemoryJournal();
    for (String sql : new String[] {"SET GLOBAL read_only=1", "SELECT '```'\nFROM t"}) {
      journal.append(
          ReportExamples.RUN,
          new Evidence.StatementRun("target", sql, Duration.ZERO, "dry run: not sent"));
    }
    Report report = new Reports(journal).of(ReportExamples.run(true, true));

    assertThat(ReportMarkdown.render(report))
        .startsWith("# Dry run incident-4711\n")
        .contains("Dry run: nothing was changed.")
        .contains(
            "````\n-- target\nSET GLOBAL read_only=1\n-- target\nSELECT '```'\n   FROM t\n````\n");
    assertThat(ReportHtml.render(report))
        .contains(
            "<ol>\n<li>target<pre>SET GLOBAL read_only=1</pre></li>\n"
                + "<li>target<pre>SELECT &#39;```&#39;\nFROM t</pre></li>\n</ol>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "' onmouseover='alert(1)",
        "</style></title><svg onload=alert(1)>",
        "<!--",
        "javascript:alert(1)",
        "&lt;b&gt;",
      })
  void htmlShowsMarkupAsText(String hostile) {
    String clean = ReportHtml.render(ReportExamples.report(""));
    String attacked = ReportHtml.render(ReportExamples.report(hostile));

    assertThat(tags(attacked)).isEqualTo(tags(clean));
    assertThat(attacked).contains(escaped(hostile));
  }

  private static Set<String> tags(String html) {
    Set<String> tags = new TreeSet<>();
    TAG.matcher(html).results().forEach(tag -> tags.add(tag.group()));
    return tags;
  }

  private static String escaped(String text) {
    return HtmlUtils.htmlEscape(text);
  }

  @Test
  void htmlLoadsNothingAndRunsNothing() {
    assertThat(ReportHtml.render(ReportExamples.report("")))
        .contains("default-src 'none'")
        .doesNotContain("<script", "<link", "src=", "href=", "url(", "@import");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        " | forged | cell |",
        "\n# forged heading",
        "\n\n- forged item",
        "[click](javascript:alert(1))",
        "![x](http://evil.example/x.png)",
        "<script>alert(1)</script>",
        "**bold** _em_ `code` ~~s~~",
        "http://evil.example",
      })
  void markdownShowsMarkupAsText(String hostile) {
    String clean = ReportMarkdown.render(ReportExamples.report(""));
    String attacked = ReportMarkdown.render(ReportExamples.report(hostile));

    assertThat(attacked.lines().count()).isEqualTo(clean.lines().count());
    assertThat(working(attacked)).isEqualTo(working(clean));
  }

  /** Characters that format or link and are not escaped, and the beginning of each line. */
  private static String working(String markdown) {
    return markdown
        .lines()
        .map(line -> line.replaceAll("\\\\\\p{Punct}", "").replace("://", "<link>"))
        .map(line -> line.replaceAll("(?<=.)[^`*_\\[\\]<>()#!|~&]", ""))
        .reduce("", (all, line) -> all + line + "\n");
  }

  @Test
  void textThatTurnsTheReadingDirectionIsShownAsSuch() {
    Report report = ReportExamples.report("\u202Etxt.exe\u0007\u200B");
    assertThat(ReportHtml.render(report))
        .contains("\uFFFDtxt.exe\uFFFD\uFFFD")
        .doesNotContain("\u202E", "\u0007", "\u200B");
    assertThat(ReportMarkdown.render(report)).doesNotContain("\u202E", "\u0007", "\u200B");
  }

  @Test
  void jsonHasEveryPartWithTimesInIso() throws Exception {
    JsonNode json = new ObjectMapper().readTree(ReportJson.render(ReportExamples.report("")));

    assertThat(json.get("startedAt").textValue()).isEqualTo("2026-11-21T02:00:00Z");
    assertThat(json.at("/ledger/ledger/writeOutage").textValue()).isEqualTo("PT0.018S");
    assertThat(json.at("/steps/0/took").textValue()).isEqualTo("PT7S");
    assertThat(json.at("/steps/1/took").isNull()).isTrue();
    assertThat(json.at("/decisions/0/who").textValue()).isEqualTo("ada");
    assertThat(json.at("/acts/0/text").textValue()).isEqualTo("SET GLOBAL read_only=1");
    assertThat(json.at("/integrity/entries").intValue()).isEqualTo(10);
  }
}
