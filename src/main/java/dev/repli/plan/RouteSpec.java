package dev.repli.plan;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One way applications reach the writer, as the plan describes it. */
public sealed interface RouteSpec {
  /** Unique within the plan; for people and evidence. */
  String name();

  /** The same route in a plan whose source and target have changed places. */
  default RouteSpec turned() {
    return this;
  }

  /** Where applications connect; empty when they connect to the node itself. */
  Optional<Entrance> endpoint();

  /** Where applications connect for reads; the same as for writes unless the plan says else. */
  default Optional<Entrance> readEndpoint() {
    return endpoint();
  }

  /**
   * ProxySQL through its admin interface.
   *
   * @param drain how long to wait for work in flight to leave the old writer before its sessions
   *     are ended
   * @param readEntrance where reads come in, when it is not the endpoint
   */
  record ProxySql(
      String name,
      Optional<Entrance> endpoint,
      Endpoint admin,
      Account adminAccount,
      int writerHostgroup,
      int readerHostgroup,
      Duration drain,
      Optional<Entrance> readEntrance)
      implements RouteSpec {
    /** Reads come in where writes do. */
    public ProxySql(
        String name,
        Optional<Entrance> endpoint,
        Endpoint admin,
        Account adminAccount,
        int writerHostgroup,
        int readerHostgroup,
        Duration drain) {
      this(
          name,
          endpoint,
          admin,
          adminAccount,
          writerHostgroup,
          readerHostgroup,
          drain,
          Optional.empty());
    }

    @Override
    public Optional<Entrance> readEndpoint() {
      return readEntrance.or(this::endpoint);
    }
  }

  /**
   * HAProxy in TCP mode through its runtime API.
   *
   * @param runtimeApi {@code unix:/path/to.sock} or {@code host:port}
   * @param sourceServer name of the source in the backend
   * @param targetServer name of the target in the backend
   * @param readBackend backend of the readers, where the target has the same name; empty when
   *     HAProxy spreads no reads
   * @param readEntrance where reads come in, when it is not the endpoint
   */
  record Haproxy(
      String name,
      Optional<Entrance> endpoint,
      String runtimeApi,
      String backend,
      String sourceServer,
      String targetServer,
      Optional<String> readBackend,
      Optional<Entrance> readEntrance)
      implements RouteSpec {
    /** Spreads no reads. */
    public Haproxy(
        String name,
        Optional<Entrance> endpoint,
        String runtimeApi,
        String backend,
        String sourceServer,
        String targetServer) {
      this(
          name,
          endpoint,
          runtimeApi,
          backend,
          sourceServer,
          targetServer,
          Optional.empty(),
          Optional.empty());
    }

    @Override
    public RouteSpec turned() {
      return new Haproxy(
          name,
          endpoint,
          runtimeApi,
          backend,
          /* sourceServer= */ targetServer,
          /* targetServer= */ sourceServer,
          readBackend,
          readEntrance);
    }

    @Override
    public Optional<Entrance> readEndpoint() {
      return readEntrance.or(this::endpoint);
    }
  }

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

  /**
   * A configuration file of an application on any machine, in which one text that names the writer
   * is replaced as it stands, and the command that makes the application read it.
   *
   * @param access how Repli works on the application's machine
   * @param sourceText what names the source there; stands once in the file or not at all
   * @param targetText what names the target there
   * @param owner {@code user:group} of the file; empty to keep it
   * @param reload program and arguments, run without a shell; empty where the application looks at
   *     the file by itself
   */
  record AppFile(
      String name,
      Optional<Entrance> endpoint,
      HostAccess access,
      Path file,
      String sourceText,
      String targetText,
      Optional<String> owner,
      List<String> reload,
      Duration reloadTimeout)
      implements RouteSpec {
    public AppFile {
      reload = List.copyOf(reload);
    }

    /** What names a node in the file. */
    public String text(Node.Role node) {
      return node == Node.Role.SOURCE ? sourceText : targetText;
    }

    @Override
    public RouteSpec turned() {
      return new AppFile(
          name,
          endpoint,
          access,
          file,
          /* sourceText= */ targetText,
          /* targetText= */ sourceText,
          owner,
          reload,
          reloadTimeout);
    }
  }

  /** The demo's in-process TCP route; exists only inside the lab. */
  record Lab(String name, Optional<Entrance> endpoint) implements RouteSpec {}
}
