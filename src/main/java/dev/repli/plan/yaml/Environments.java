package dev.repli.plan.yaml;

import dev.repli.plan.Node;
import dev.repli.plan.RouteSpec;
import java.util.List;
import java.util.Optional;

/**
 * Two environments that take turns: the plan says which is active, and that one is the source,
 * wherever it stands in the file. One changed word turns the direction of the next cutover.
 */
record Environments(Node source, Node target, List<RouteSpec> routes) {

  /**
   * @param active environment that has the writer before the cutover; empty where the file's {@code
   *     source} is the source
   */
  static Environments of(
      Node source, Node target, List<RouteSpec> routes, Optional<String> active) {
    return active.isPresent() && active.equals(target.environment())
        ? new Environments(
            target.inRole(Node.Role.SOURCE),
            source.inRole(Node.Role.TARGET),
            routes.stream().map(RouteSpec::turned).toList())
        : new Environments(source, target, routes);
  }

  /** Why these do not go together; empty when they do. */
  static Optional<String> wrong(Node source, Node target, Optional<String> active) {
    if (source.environment().isPresent() != target.environment().isPresent()) {
      return Optional.of("only one of the two servers has an environment");
    }
    if (source.environment().isPresent() && source.environment().equals(target.environment())) {
      return Optional.of("both servers are " + source.called());
    }
    if (active.isPresent()
        && !active.equals(source.environment())
        && !active.equals(target.environment())) {
      return Optional.of(Shown.quoted(active.get()) + " is the environment of neither server");
    }
    return Optional.empty();
  }
}
