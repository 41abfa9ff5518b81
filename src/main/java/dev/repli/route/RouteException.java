package dev.repli.route;

/**
 * A route did not do what was asked. The message names the route, what was being done and the
 * answer; never a secret.
 */
public class RouteException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public RouteException(String route, String doing, String why) {
    super("route " + route + ": " + doing + ": " + why);
  }

  public RouteException(String route, String doing, Throwable cause) {
    super("route " + route + ": " + doing + ": " + cause.getMessage(), cause);
  }
}
