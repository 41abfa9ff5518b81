package dev.repli.route.appconfig;

import dev.repli.plan.Node;
import dev.repli.plan.RouteSpec;
import dev.repli.route.ActLog;
import dev.repli.route.RouteAct;
import dev.repli.route.RouteException;
import dev.repli.route.RouteSession;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * Applications connect to the node themselves: there is nothing that could hold, count or end their
 * connections. What the file says survives a restart by itself.
 */
abstract class EditedFileSession implements RouteSession {
  private final RouteSpec spec;
  private final Path path;
  private final List<String> reload;
  private final ActLog log;

  EditedFileSession(RouteSpec spec, Path path, List<String> reload, ActLog log) {
    this.spec = spec;
    this.path = path;
    this.reload = reload;
    this.log = log;
  }

  /** Returns what came of it, for the log. */
  abstract String edit(Node.Role writer) throws Exception;

  /** Returns what came of it, for the log. */
  abstract String reload() throws Exception;

  /** What an edit is called, before it is made, too. */
  abstract String editing(Node.Role writer);

  /** What a reload is called; without secrets, which its arguments may carry. */
  abstract String reloading();

  @Override
  public final RouteSpec spec() {
    return spec;
  }

  @Override
  public final boolean canHold() {
    return false;
  }

  @Override
  public final int hold(Node.Role writer, Duration atMost) {
    return -1;
  }

  @Override
  public final void release(Node.Role writer) {
    // nothing was held
  }

  /** Reloads even if the file is right already: an earlier attempt may have died in between. */
  @Override
  public final void routeTo(Node.Role writer) {
    logged(editing(writer), () -> edit(writer));
    if (!reload.isEmpty()) {
      logged(reloading(), this::reload);
    }
    RouteState now = look();
    if (!now.writer().equals(Optional.of(writer))) {
      throw new RouteException(
          spec.name(), "read back " + path, "somebody else changed it: " + now.detail());
    }
  }

  @Override
  public final Optional<Integer> endSessions(Node.Role node) {
    return Optional.empty();
  }

  @Override
  public final void save() {
    // the file is what is saved
  }

  @Override
  public final List<String> commands(RouteAct act, Node.Role node) {
    return switch (act) {
      case HOLD, RELEASE, END_SESSIONS, SAVE -> List.of();
      case ROUTE_TO ->
          reload.isEmpty() ? List.of(editing(node)) : List.of(editing(node), reloading());
    };
  }

  private void logged(String command, Callable<String> doing) {
    long start = System.nanoTime();
    String outcome = "failed";
    try {
      outcome = doing.call();
    } catch (RouteException e) {
      throw e;
    } catch (Exception e) {
      outcome = String.valueOf(e.getMessage());
      throw new RouteException(spec.name(), command, e);
    } finally {
      log.ran(spec.name(), command, Duration.ofNanos(System.nanoTime() - start), outcome);
    }
  }
}
