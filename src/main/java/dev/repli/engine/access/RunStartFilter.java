package dev.repli.engine.access;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.repli.plan.PlanId;
import dev.repli.run.RunKey;
import dev.repli.run.Runs;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.Resources;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * The engine's own call for starting a process, answered by the register of runs: the same key is
 * the same run, a plan has one active run. Body and answer are Camunda's; the business key and the
 * variable {@code planId} are required, other texts become facts of the run.
 */
final class RunStartFilter extends OncePerRequestFilter {
  private static final Pattern START =
      Pattern.compile(
          "/engine-rest(?:/engine/[^/]+)?/process-definition/key/([A-Za-z0-9_-]{1,100})/start/?");
  private static final int LONGEST_BODY = 65_536;

  private final Runs runs;
  private final AuthorizationService authorizations;
  private final ObjectMapper json;

  RunStartFilter(Runs runs, AuthorizationService authorizations, ObjectMapper json) {
    this.runs = runs;
    this.authorizations = authorizations;
    this.json = json;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Matcher start =
        START.matcher(request.getRequestURI().substring(request.getContextPath().length()));
    Authentication user = SecurityContextHolder.getContext().getAuthentication();
    if (user == null || !request.getMethod().equals("POST") || !start.matches()) {
      chain.doFilter(request, response);
    } else if (!mayStart(user, start.group(1))) {
      Problems.answer(response, HttpStatus.FORBIDDEN, "your role may not start this process");
    } else {
      start(request, response, user.getName(), start.group(1));
    }
  }

  private boolean mayStart(Authentication user, String runbook) {
    List<String> groups = EngineUsers.groupsOf(user);
    return authorizations.isUserAuthorized(
        user.getName(), groups, Permissions.CREATE_INSTANCE, Resources.PROCESS_DEFINITION, runbook);
  }

  private void start(
      HttpServletRequest request, HttpServletResponse response, String user, String runbook)
      throws IOException {
    byte[] body = request.getInputStream().readNBytes(LONGEST_BODY + 1);
    if (body.length > LONGEST_BODY) {
      Problems.answer(response, HttpStatus.PAYLOAD_TOO_LARGE, "the body is larger than 64 KiB");
      return;
    }
    Runs.Start outcome;
    try {
      outcome = runs.start(wanted(json.readTree(body), user, runbook));
    } catch (IllegalArgumentException | JacksonException e) {
      Problems.answer(
          response,
          HttpStatus.BAD_REQUEST,
          "the body needs a businessKey (1 to 120 characters A-Z, a-z, 0-9 and . _ : -) and a"
              + " variable planId that names a plan");
      return;
    } catch (BadUserRequestException e) {
      // the runbook refuses what it was asked for
      Problems.answer(response, HttpStatus.BAD_REQUEST, String.valueOf(e.getMessage()));
      return;
    }
    answer(response, outcome);
  }

  private static Runs.Request wanted(JsonNode body, String user, String runbook) {
    Map<String, String> facts = new HashMap<>();
    body.path("variables")
        .properties()
        .forEach(
            variable -> {
              if (variable.getValue().path("value").isTextual()) {
                facts.put(variable.getKey(), variable.getValue().path("value").asText());
              }
            });
    String plan = facts.remove("planId");
    return new Runs.Request(
        new RunKey(body.path("businessKey").asText()),
        runbook,
        new PlanId(plan == null ? "" : plan),
        user,
        body.path("variables").path("dryRun").path("value").asBoolean(false),
        facts);
  }

  private void answer(HttpServletResponse response, Runs.Start outcome) throws IOException {
    if (outcome instanceof Runs.Start.PlanBusy) {
      Problems.answer(
          response, HttpStatus.CONFLICT, "another run of this plan is active; nothing was started");
      return;
    }
    Map<String, Object> instance = new HashMap<>();
    instance.put("id", outcome.run().processInstanceId());
    instance.put("businessKey", outcome.run().key().value());
    instance.put("ended", outcome.run().endedAt().isPresent());
    instance.put("suspended", false);
    response.setStatus(HttpStatus.OK.value());
    response.setContentType(MediaType.APPLICATION_JSON_VALUE);
    response.getOutputStream().write(json.writeValueAsBytes(instance));
  }
}
