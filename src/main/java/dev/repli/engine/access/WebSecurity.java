package dev.repli.engine.access;

import static dev.repli.engine.access.CallRules.call;
import static dev.repli.engine.access.CallRules.paths;
import static org.springframework.http.HttpMethod.POST;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.repli.run.Runs;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.Locale;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.webapp.impl.security.auth.ContainerBasedAuthenticationFilter;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.InsufficientAuthenticationException;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.logout.HttpStatusReturningLogoutSuccessHandler;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfTokenRequestAttributeHandler;
import org.springframework.security.web.util.matcher.OrRequestMatcher;

/**
 * Three doors, all with the engine's users: the engine's REST and Repli's own with HTTP Basic, the
 * web applications with a log-in form. {@link CallRules} says who may do what.
 */
@Configuration
class WebSecurity {
  private static final AuthenticationEntryPoint LOG_IN =
      (request, response, failed) -> {
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"Repli\"");
        Problems.answer(
            response, HttpStatus.UNAUTHORIZED, "log in with HTTP Basic as a user of Repli");
      };
  private static final AccessDeniedHandler NOT_ALLOWED =
      (request, response, denied) -> {
        // asked of the context: this can be before the request knows its user
        if (SecurityContextHolder.getContext().getAuthentication() == null) {
          LOG_IN.commence(
              request, response, new InsufficientAuthenticationException("nobody is logged in"));
        } else {
          Problems.answer(
              response,
              HttpStatus.FORBIDDEN,
              "your role does not allow this call, or it is closed, or its token is missing");
        }
      };

  @Bean
  @Order(1)
  SecurityFilterChain engineRest(
      HttpSecurity http, EngineUsers users, IdentityService identity, RunStartFilter starts)
      throws Exception {
    return http.securityMatcher(paths("/engine-rest/**"))
        .authenticationProvider(users)
        .csrf(csrf -> csrf.disable())
        .sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .httpBasic(basic -> basic.authenticationEntryPoint(LOG_IN))
        .exceptionHandling(e -> e.authenticationEntryPoint(LOG_IN).accessDeniedHandler(NOT_ALLOWED))
        .authorizeHttpRequests(CallRules::engine)
        .addFilterAfter(new EngineIdentityFilter(identity), AuthorizationFilter.class)
        .addFilterAfter(starts, AuthorizationFilter.class)
        .build();
  }

  /** Also for pages with the session of the log-in form; those have to send a CSRF token. */
  @Bean
  @Order(2)
  SecurityFilterChain ownRest(
      HttpSecurity http, EngineUsers users, IdentityService identity, CallLimit limit)
      throws Exception {
    return http.securityMatcher(CallRules.ownCalls())
        .authenticationProvider(users)
        .csrf(
            csrf ->
                csrf.csrfTokenRepository(csrfCookie())
                    .csrfTokenRequestHandler(tokenAsInTheCookie())
                    .ignoringRequestMatchers(WebSecurity::usesBasic))
        .sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.NEVER))
        .requestCache(cache -> cache.disable())
        .httpBasic(basic -> basic.authenticationEntryPoint(LOG_IN))
        .exceptionHandling(e -> e.authenticationEntryPoint(LOG_IN).accessDeniedHandler(NOT_ALLOWED))
        .authorizeHttpRequests(CallRules::own)
        .addFilterAfter(new EngineIdentityFilter(identity), AuthorizationFilter.class)
        .addFilterAfter(new CallLimitFilter(limit), AuthorizationFilter.class)
        .build();
  }

  @Bean
  @Order(3)
  SecurityFilterChain pages(HttpSecurity http, EngineUsers users) throws Exception {
    return http.authenticationProvider(users)
        // the web applications bring their own CSRF token and content security policy
        .csrf(csrf -> csrf.ignoringRequestMatchers(paths("/camunda/**")))
        .headers(headers -> headers.frameOptions(frame -> frame.sameOrigin()))
        .formLogin(form -> form.defaultSuccessUrl("/camunda/app/tasklist/default/"))
        .logout(
            logout ->
                logout
                    .logoutRequestMatcher(
                        new OrRequestMatcher(
                            call(POST, "/logout"),
                            call(POST, "/camunda/api/admin/auth/user/*/logout")))
                    .logoutSuccessHandler(
                        new HttpStatusReturningLogoutSuccessHandler(HttpStatus.NO_CONTENT)))
        .authorizeHttpRequests(CallRules::pages)
        .build();
  }

  /** Before Camunda's own filters and after Spring Security's. */
  @Bean
  FilterRegistrationBean<ContainerBasedAuthenticationFilter> webappLogin() {
    var filter = new FilterRegistrationBean<>(new ContainerBasedAuthenticationFilter());
    filter.addInitParameter("authentication-provider", WebappLogin.class.getName());
    filter.addUrlPatterns("/camunda/app/*", "/camunda/api/*");
    filter.setOrder(0);
    return filter;
  }

  @Bean
  RunStartFilter runStartFilter(
      Runs runs, AuthorizationService authorizations, ObjectMapper objectMapper) {
    return new RunStartFilter(runs, authorizations, objectMapper);
  }

  /** Part of a chain above, so not for every request as well. */
  @Bean
  FilterRegistrationBean<RunStartFilter> runStartFilterRegistration(RunStartFilter starts) {
    FilterRegistrationBean<RunStartFilter> registration = new FilterRegistrationBean<>(starts);
    registration.setEnabled(false);
    return registration;
  }

  /** Around both of the engine's doors. */
  @Bean
  FilterRegistrationBean<TooLateFilter> tooLate(ObjectMapper objectMapper) {
    var filter = new FilterRegistrationBean<>(new TooLateFilter(objectMapper));
    filter.addUrlPatterns("/engine-rest/*", "/camunda/api/engine/*");
    filter.setOrder(0);
    return filter;
  }

  @Bean
  CallLimit callLimit(
      @Value("${repli.calls.burst:300}") int burst,
      @Value("${repli.calls.per-second:50}") int perSecond) {
    return new CallLimit(Clock.systemUTC(), burst, perSecond);
  }

  /** Its own name: Camunda's cookie is called XSRF-TOKEN and has another value. */
  private static CsrfTokenRepository csrfCookie() {
    CookieCsrfTokenRepository cookie = CookieCsrfTokenRepository.withHttpOnlyFalse();
    cookie.setCookieName("REPLI-XSRF-TOKEN");
    cookie.setHeaderName("X-REPLI-XSRF-TOKEN");
    return cookie;
  }

  /** Scripts read the cookie, so it has to be there at once, and comes back as it is. */
  private static CsrfTokenRequestAttributeHandler tokenAsInTheCookie() {
    CsrfTokenRequestAttributeHandler plain = new CsrfTokenRequestAttributeHandler();
    plain.setCsrfRequestAttributeName(null);
    return plain;
  }

  private static boolean usesBasic(HttpServletRequest request) {
    String header = request.getHeader(HttpHeaders.AUTHORIZATION);
    return header != null && header.toLowerCase(Locale.ROOT).startsWith("basic ");
  }
}
