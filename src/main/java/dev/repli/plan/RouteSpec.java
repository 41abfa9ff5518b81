package dev.repli.plan;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One way applications reach the writer, as the plan describes it. */
public sealed interface RouteSpec {
  /** Unique within the plan; for people and evidence. */
  String name();

  /** Where applications connect; empty when they connect to the node itself. */
  Optional<Entrance> endpoint();

  /**
   * ProxySQL through its admin interface.
   *
   * @param drain how long to wait for work in flight to leave the old writer before its sessions
   *     are ended
   */
  record ProxySql(
      String name,
      Optional<Entrance> endpoint,
      Endpoint admin,
      Account adminAccount,
      int writerHostgroup,
      int readerHostgroup,
      Duration drain)
      implements RouteSpec {}

  /**
   * HAProxy in TCP mode through its runtime API.
   *
   * @param runtimeApi {@code unix:/path/to.sock} or {@code host:port}
   * @param sourceServer name of the source in the backend
   * @param targetServer name of the target in the backend
   */
  record Haproxy(
      String name,
      Optional<Entrance> endpoint,
      String runtimeApi,
      String backend,
      String sourceServer,
      String targetServer)
      implements RouteSpec {}

  /**
   * A configuration file of an application, edited atomically, and the command that makes the
   * application read it.
   *
   * @param hostKey key whose value is the host, in {@code key=value} or {@code key: value} lines
   * @param portKey key whose value is the port
   * @param reload program and arguments, run without a shell
   */
  record AppConfig(
      String name,
      Optional<Entrance> endpoint,
      Path file,
      String hostKey,
      String portKey,
      List<String> reload,
      Duration reloadTimeout)
      implements RouteSpec {
    public AppConfig {
      reload = List.copyOf(reload);
    }
  }

  /** The demo's in-process TCP route; exists only inside the lab. */
  record Lab(String name, Optional<Entrance> endpoint) implements RouteSpec {}
}
