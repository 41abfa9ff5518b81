package dev.repli.host;

import dev.repli.plan.HostAccess;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** All adapters, found by the kind of access; nothing but allowed commands gets through. */
@Component
public class Hosts {
  private final Map<Class<? extends HostAccess>, HostAdapter> byKind;
  private final Clock clock;

  /**
   * @throws IllegalStateException when two adapters serve one kind
   */
  @Autowired
  public Hosts(List<HostAdapter> adapters) {
    this(adapters, Clock.systemUTC());
  }

  Hosts(List<HostAdapter> adapters, Clock clock) {
    byKind =
        adapters.stream()
            .collect(Collectors.toUnmodifiableMap(HostAdapter::serves, a -> a, Hosts::refuseTwo));
    this.clock = clock;
  }

  private static HostAdapter refuseTwo(HostAdapter one, HostAdapter two) {
    throw new IllegalStateException(
        "two adapters serve hosts of kind %s: %s and %s; remove one"
            .formatted(
                one.serves().getSimpleName(), one.getClass().getName(), two.getClass().getName()));
  }

  /**
   * Opens a session, see {@link HostAdapter#connect}.
   *
   * @param allowed what may run there
   * @param log hears of every command that changes something
   */
  public Host connect(HostAccess access, Allowed allowed, HostLog log) {
    HostAdapter adapter = byKind.get(access.getClass());
    if (adapter == null) {
      throw new HostException(
          access.label(),
          "find its adapter",
          "none serves " + access.getClass().getSimpleName(),
          HostException.Action.CORRECT_INPUT);
    }
    return new AllowedHost(adapter.connect(access), allowed, log, clock);
  }

  /** The same, but commands that change something are only written down. */
  public Host rehearse(HostAccess access, Allowed allowed, HostLog log) {
    return new RehearsedHost(connect(access, allowed, HostLog.NONE), allowed, log);
  }
}
