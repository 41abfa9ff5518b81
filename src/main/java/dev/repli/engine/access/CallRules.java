package dev.repli.engine.access;

import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.POST;

import dev.repli.engine.hardening.ClosedPaths;
import jakarta.servlet.DispatcherType;
import java.util.Arrays;
import java.util.stream.Stream;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/** Which role may make which call. What no rule names is denied. */
final class CallRules {
  private static final RequestMatcher CLOSED = new ClosedPaths();

  private CallRules() {}

  static RequestMatcher ownCalls() {
    return paths("/api/**", "/actuator/**", "/health/**", "/up", "/status");
  }

  static void own(
      AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry
          calls) {
    calls
        .dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.ASYNC)
        .permitAll()
        .requestMatchers(paths("/health", "/up", "/status", "/actuator/health"))
        .permitAll()
        .requestMatchers(paths("/health/**", "/actuator/prometheus"))
        .authenticated()
        .requestMatchers(call(POST, "/api/incidents"), call(POST, "/api/webhooks/alertmanager"))
        .hasAnyAuthority(Role.authorities(Role.OPERATORS, Role.MONITORING))
        .requestMatchers(call(POST, "/api/plans/*/replication"))
        .hasAnyAuthority(Role.authorities(Role.OPERATORS))
        .requestMatchers(
            call(POST, "/api/runs/*/abort"),
            call(POST, "/api/plans/*/rollback"),
            call(POST, "/api/plans/*/cutover"),
            call(POST, "/api/plans/*/reads"),
            call(POST, "/api/plans/*/backup-proof"),
            call(POST, "/api/plans/*/stream"),
            call(POST, "/api/plans/*/stream/stop"),
            call(POST, "/api/plans/*/communication/test"))
        .hasAnyAuthority(responsible())
        // rows of the applications, which are for nobody but those who decide about them
        .requestMatchers(paths("/api/runs/*/conflicts/**"))
        .hasAnyAuthority(responsible())
        .requestMatchers(call(GET, "/api/**"))
        .hasAnyAuthority(Role.everybody())
        .anyRequest()
        .denyAll();
  }

  static void engine(
      AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry
          calls) {
    closed(calls).anyRequest().hasAnyAuthority(Role.everybody());
  }

  static void pages(
      AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry
          calls) {
    closed(calls)
        .requestMatchers(paths("/login", "/default-ui.css", "/favicon.ico", "/error"))
        .permitAll()
        .requestMatchers(paths("/conflicts/**"))
        .hasAnyAuthority(responsible())
        .requestMatchers(paths("/camunda/**", "/camunda", "/", "/runs/**", "/scripts/**"))
        .hasAnyAuthority(Role.everybody())
        .anyRequest()
        .denyAll();
  }

  /** A refusal would become another refusal without the first line. */
  private static AuthorizeHttpRequestsConfigurer<HttpSecurity>
          .AuthorizationManagerRequestMatcherRegistry
      closed(
          AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry
              calls) {
    return calls
        .dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.FORWARD)
        .permitAll()
        .requestMatchers(CLOSED)
        .denyAll();
  }

  /** Those who may start and stop a run. */
  private static String[] responsible() {
    return Stream.concat(Stream.of(Role.OPERATORS), Role.deciding().stream())
        .map(Role::authority)
        .toArray(String[]::new);
  }

  /** Not the string form: with the engine's servlets beside Spring's it would match nothing. */
  static RequestMatcher paths(String... patterns) {
    return new OrRequestMatcher(
        Arrays.stream(patterns)
            .map(
                pattern ->
                    (RequestMatcher) PathPatternRequestMatcher.withDefaults().matcher(pattern))
            .toList());
  }

  static RequestMatcher call(HttpMethod method, String pattern) {
    return PathPatternRequestMatcher.withDefaults().matcher(method, pattern);
  }
}
