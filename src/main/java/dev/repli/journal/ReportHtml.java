package dev.repli.journal;

import dev.repli.journal.Section.Block;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A report as one HTML page: no script, nothing loaded, readable on a phone and on paper. Every
 * value is escaped.
 */
public final class ReportHtml {
  /** Media type of {@link #render}. */
  public static final String MEDIA_TYPE = "text/html;charset=UTF-8";

  private static final String STYLE =
      """
      body{font:16px/1.45 system-ui,sans-serif;margin:1rem auto;max-width:70rem;padding:0 1rem;color:#1a1a1a;background:#fff}
      h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2rem;border-bottom:1px solid #bbb}
      h1,p,dd,td,pre{overflow-wrap:anywhere}
      .verdict{font-size:1.2rem;font-weight:600;border-left:.4rem solid #444;padding-left:.7rem}
      dl{display:grid;grid-template-columns:max-content 1fr;gap:.25rem 1rem}dt{font-weight:600}dd{margin:0}
      .wide{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:.9rem}
      td.time{white-space:nowrap}td.code{overflow-wrap:normal}
      th,td{text-align:left;vertical-align:top;padding:.3rem .5rem;border-bottom:1px solid #ddd}
      pre{white-space:pre-wrap;background:#f4f4f4;padding:.6rem}ol{padding-left:1.6rem}
      figure{margin:1rem 0}figure svg{max-width:100%;height:auto}
      @media(max-width:40rem){dl{grid-template-columns:1fr}dd{margin-bottom:.5rem}
      table,tbody,tr,td{display:block}thead{display:none}tr{border-bottom:2px solid #bbb;padding:.4rem 0}td{border:0;padding:.1rem 0}
      td::before{content:attr(data-name) ": ";font-weight:600}}
      @media print{body{max-width:none;font-size:10pt}h2{break-after:avoid}tr{break-inside:avoid}}
      """;

  /** A name in capitals: broken between its words only. */
  private static final Pattern CODE = Pattern.compile("[A-Z]+(_[A-Z]+)*");

  /** As {@link Shown} writes times and durations: never broken. */
  private static final Pattern TIME =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\d( [\\d:.]+ UTC)?|\\+?[\\d.]+ (ms|s)");

  private ReportHtml() {}

  public static String render(Report report) {
    return render(ReportSections.title(report), ReportSections.of(report));
  }

  /** Any document of such sections. */
  public static String render(String name, List<Section> parts) {
    String title = escaped(name);
    String sections = parts.stream().map(ReportHtml::section).collect(Collectors.joining("\n"));
    return """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
        <meta name="referrer" content="no-referrer">
        <title>%s</title>
        <style>
        %s</style>
        </head>
        <body>
        <main>
        <h1>%s</h1>
        %s
        </main>
        </body>
        </html>
        """
        .formatted(title, STYLE, title, sections);
  }

  private static String section(Section section) {
    return section.blocks().stream()
        .map(block -> block(section, block))
        .collect(
            Collectors.joining(
                "\n", "<section>\n<h2>" + escaped(section.title()) + "</h2>\n", "\n</section>"));
  }

  private static String block(Section section, Block block) {
    if (block instanceof Section.Sentence sentence) {
      String kind = section.title().equals("Result") ? " class=\"verdict\"" : "";
      return "<p" + kind + ">" + escaped(sentence.text()) + "</p>";
    }
    if (block instanceof Section.Facts facts) {
      return facts.facts().stream()
          .map(
              fact -> "<dt>" + escaped(fact.name()) + "</dt><dd>" + escaped(fact.value()) + "</dd>")
          .collect(Collectors.joining("\n", "<dl>\n", "\n</dl>"));
    }
    if (block instanceof Section.Table table) {
      return table(table);
    }
    if (block instanceof Section.Picture picture) {
      return "<figure>\n%s\n<figcaption>%s</figcaption>\n</figure>"
          .formatted(picture.svg(), escaped(picture.says()));
    }
    return ((Section.Script) block)
        .lines().stream()
            .map(
                line ->
                    "<li>" + escaped(line.where()) + "<pre>" + escaped(line.text()) + "</pre></li>")
            .collect(Collectors.joining("\n", "<ol>\n", "\n</ol>"));
  }

  private static String table(Section.Table table) {
    String head =
        table.head().stream()
            .map(name -> "<th scope=\"col\">" + escaped(name) + "</th>")
            .collect(Collectors.joining());
    String rows =
        table.rows().stream().map(row -> row(table.head(), row)).collect(Collectors.joining("\n"));
    return "<div class=\"wide\"><table>\n<thead><tr>"
        + head
        + "</tr></thead>\n<tbody>\n"
        + rows
        + "\n</tbody>\n</table></div>";
  }

  private static String row(List<String> head, List<String> cells) {
    StringBuilder row = new StringBuilder("<tr>");
    for (int i = 0; i < cells.size(); i++) {
      String cell = cells.get(i);
      boolean code = CODE.matcher(cell).matches();
      String kind =
          code ? " class=\"code\"" : TIME.matcher(cell).matches() ? " class=\"time\"" : "";
      row.append("<td")
          .append(kind)
          .append(" data-name=\"")
          .append(escaped(head.get(i)))
          .append("\">")
          .append(code ? escaped(cell).replace("_", "_<wbr>") : escaped(cell))
          .append("</td>");
    }
    return row.append("</tr>").toString();
  }

  private static String escaped(String text) {
    return Shown.honest(text)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
