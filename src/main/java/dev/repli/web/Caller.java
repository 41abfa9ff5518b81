package dev.repli.web;

import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import org.springframework.http.HttpStatus;

/** The authenticated user, which is never taken from the body. */
final class Caller {
  private Caller() {}

  static String of(HttpServletRequest request) {
    Principal user = request.getUserPrincipal();
    if (user == null) {
      throw Problem.of(
          HttpStatus.UNAUTHORIZED, "unauthorized", ErrorPage.explain(HttpStatus.UNAUTHORIZED));
    }
    return user.getName();
  }
}
