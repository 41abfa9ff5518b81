package dev.repli.lab;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** The lab routes that run in this program, by name. Empty outside the demo. */
@Component
public class LabRoutes {
  private final Map<String, LabRoute> running = new ConcurrentHashMap<>();

  /**
   * Makes a running route known to the adapter.
   *
   * @throws IllegalStateException when one of this name is known
   */
  public void add(LabRoute route) {
    if (running.putIfAbsent(route.name(), route) != null) {
      throw new IllegalStateException("a lab route named " + route.name() + " runs already");
    }
  }

  public Optional<LabRoute> find(String name) {
    return Optional.ofNullable(running.get(name));
  }
}
