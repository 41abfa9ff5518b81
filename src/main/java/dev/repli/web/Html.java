package dev.repli.web;

import dev.repli.journal.Shown;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.web.util.HtmlUtils;

/** The frame of Repli's few pages. */
final class Html {
  private Html() {}

  static String escape(String text) {
    return HtmlUtils.htmlEscape(text, StandardCharsets.UTF_8.name());
  }

  static byte[] message(String title, String text) {
    return page(title, "<p>" + escape(text) + "</p><p><a href=\"/\">Repli</a></p>");
  }

  /** The text is escaped here, the address is Repli's own. */
  static String link(String address, String text) {
    return "<a href=\"" + address + "\">" + escape(text) + "</a>";
  }

  /** A moment, on one line. */
  static String when(Instant at) {
    return "<span class=\"when\">" + Shown.second(at) + "</span>";
  }

  /**
   * A table.
   *
   * @param rows cells of markup, in which every text is escaped already
   */
  static String table(List<String> head, List<List<String>> rows) {
    String cells =
        rows.stream()
            .map(
                row ->
                    row.stream().collect(Collectors.joining("</td><td>", "<tr><td>", "</td></tr>")))
            .collect(Collectors.joining("\n"));
    return head.stream()
            .collect(
                Collectors.joining(
                    "</th><th scope=\"col\">", "<table>\n<tr><th scope=\"col\">", "</th></tr>\n"))
        + cells
        + "\n</table>\n";
  }

  /**
   * A whole page.
   *
   * @param body markup, in which every text is escaped already
   */
  static byte[] page(String title, String body) {
    String page =
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>%1$s</title>
        <style>
        body { font: 1rem/1.5 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem; }
        table { border-collapse: collapse; width: 100%%; }
        th, td { text-align: left; padding: .3rem .6rem; border-bottom: 1px solid #999; vertical-align: top; }
        td { overflow-wrap: break-word; }
        .when { white-space: nowrap; }
        th[scope=row] { width: 12rem; }
        nav a { margin-right: 1.5rem; }
        #connection:not(:empty) { border-left: .4rem solid #b00020; padding: .3rem .8rem; font-weight: bold; }
        </style>
        </head>
        <body>
        <h1>%1$s</h1>
        %2$s
        </body>
        </html>
        """
            .formatted(escape(title), body);
    return page.getBytes(StandardCharsets.UTF_8);
  }
}
