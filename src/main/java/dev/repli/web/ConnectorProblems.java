package dev.repli.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.ErrorReportValve;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Answers requests that are too malformed to reach the application as problem details, too. */
@Component
final class ConnectorProblems implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

  @Override
  public void customize(TomcatServletWebServerFactory tomcat) {
    tomcat.addContextCustomizers(
        context -> {
          StandardHost host = (StandardHost) context.getParent();
          host.setErrorReportValveClass(ProblemValve.class.getName());
        });
  }

  /** Made by Tomcat by its name. */
  public static final class ProblemValve extends ErrorReportValve {

    @Override
    protected void report(Request request, Response response, Throwable cause) {
      if (response.getStatus() < 400
          || response.getContentWritten() > 0
          || !response.setErrorReported()) {
        return;
      }
      HttpStatus known = HttpStatus.resolve(response.getStatus());
      HttpStatus status = known == null ? HttpStatus.BAD_REQUEST : known;
      String body =
          """
          {"type":"urn:repli:problem:%s","title":"%s","status":%d,"detail":"%s"}
          """
              .formatted(
                  ErrorPage.nameOf(status),
                  status.getReasonPhrase(),
                  status.value(),
                  ErrorPage.explain(status));
      try {
        response.setContentType("application/problem+json");
        response.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
        response.finishResponse();
      } catch (IOException e) {
        // the caller has gone; nobody is left to tell
        container.getLogger().debug("no answer could be sent", e);
      }
    }
  }
}
