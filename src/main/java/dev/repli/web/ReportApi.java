package dev.repli.web;

import dev.repli.journal.Report;
import dev.repli.journal.ReportHtml;
import dev.repli.journal.ReportJson;
import dev.repli.journal.ReportMarkdown;
import dev.repli.journal.Reports;
import dev.repli.run.RunKey;
import dev.repli.run.Runs;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MimeTypeUtils;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The report of a run, as a program, an editor or a browser wants it. */
@RestController
final class ReportApi {
  private final Runs runs;
  private final Reports reports;

  ReportApi(Runs runs, Reports reports) {
    this.runs = runs;
    this.reports = reports;
  }

  /** In the order in which they are taken when the caller accepts several alike. */
  enum Format {
    JSON(ReportJson.MEDIA_TYPE),
    MD(ReportMarkdown.MEDIA_TYPE),
    HTML(ReportHtml.MEDIA_TYPE);

    private final String name;

    Format(String name) {
      this.name = name;
    }

    private MediaType type() {
      return MediaType.parseMediaType(name);
    }

    private String render(Report report) {
      return switch (this) {
        case JSON -> ReportJson.render(report);
        case MD -> ReportMarkdown.render(report);
        case HTML -> ReportHtml.render(report);
      };
    }
  }

  @GetMapping("/api/runs/{key}/report")
  ResponseEntity<byte[]> report(@PathVariable String key, HttpServletRequest request) {
    Params.only(request, "format");
    Format format = format(request);
    RunKey run = Params.runKey(key);
    Report report = runs.find(run).map(reports::of).orElseThrow(() -> RunApi.unknown(run));
    return ResponseEntity.ok()
        .contentType(format.type())
        .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
        .body(format.render(report).getBytes(StandardCharsets.UTF_8));
  }

  private static Format format(HttpServletRequest request) {
    String asked = request.getParameter("format");
    if (asked == null) {
      return accepted(request);
    }
    return switch (asked) {
      case "json" -> Format.JSON;
      case "md" -> Format.MD;
      case "html" -> Format.HTML;
      default -> throw Params.wrong("format is json, md or html");
    };
  }

  private static Format accepted(HttpServletRequest request) {
    String accept = request.getHeader(HttpHeaders.ACCEPT);
    if (accept == null) {
      return Format.JSON;
    }
    for (MediaType type : types(accept)) {
      for (Format format : Format.values()) {
        if (type.includes(format.type())) {
          return format;
        }
      }
    }
    throw Problem.of(
        HttpStatus.NOT_ACCEPTABLE,
        "not-acceptable",
        "A report comes as application/json, text/markdown or text/html.");
  }

  private static List<MediaType> types(String accept) {
    try {
      List<MediaType> types = MediaType.parseMediaTypes(accept);
      MimeTypeUtils.sortBySpecificity(types);
      return types;
    } catch (InvalidMediaTypeException e) {
      throw Params.wrong("the Accept header is malformed");
    }
  }
}
