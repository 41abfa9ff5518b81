package dev.repli.route;

import dev.repli.plan.Plan;
import dev.repli.plan.RouteSpec;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** All adapters, found by the kind of a route's specification. */
@Component
public class Routes {
  private final Map<Class<? extends RouteSpec>, Route> byKind;

  /**
   * @throws IllegalStateException when two adapters serve one kind
   */
  public Routes(List<Route> adapters) {
    byKind =
        adapters.stream()
            .collect(Collectors.toUnmodifiableMap(Route::serves, a -> a, Routes::refuseTwo));
  }

  private static Route refuseTwo(Route one, Route two) {
    throw new IllegalStateException(
        "two adapters serve routes of kind %s: %s and %s; remove one"
            .formatted(
                one.serves().getSimpleName(), one.getClass().getName(), two.getClass().getName()));
  }

  /**
   * Opens the session of one route, see {@link Route#connect}.
   *
   * @throws RouteException also when no adapter serves this kind
   */
  public RouteSession connect(RouteSpec spec, Plan plan, ActLog log) {
    Route adapter = byKind.get(spec.getClass());
    if (adapter == null) {
      throw new RouteException(
          spec.name(), "find its adapter", "none serves " + spec.getClass().getSimpleName());
    }
    return adapter.connect(spec, plan, log);
  }

  /** The same routes, looked at for real, but acts are only written down, in order. */
  public Routes dryRun(Consumer<PlannedRouteAct> acts) {
    return new Routes(
        byKind.values().stream().<Route>map(real -> new DryRunRoute(real, acts)).toList());
  }

  /** One session, looked at but not acted on; closing it is left to whoever opened it. */
  public RouteSession dryRun(RouteSession session, Consumer<PlannedRouteAct> acts) {
    return new DryRunRoute.Session(session, acts);
  }
}
