package dev.repli.database;

import dev.repli.plan.Account;
import dev.repli.plan.Endpoint;
import dev.repli.plan.Node;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** All adapters, found by the kind of a node. */
@Component
public class Databases {
  private final Map<Node.Kind, Database> byKind;

  /**
   * @throws IllegalStateException when two adapters serve one kind
   */
  public Databases(List<Database> adapters) {
    byKind =
        adapters.stream()
            .collect(Collectors.toUnmodifiableMap(Database::kind, a -> a, Databases::refuseTwo));
  }

  private static Database refuseTwo(Database one, Database two) {
    throw new IllegalStateException(
        "two adapters serve nodes of kind %s: %s and %s; remove one"
            .formatted(one.kind(), one.getClass().getName(), two.getClass().getName()));
  }

  /** The same servers, looked at but not acted on; told what would be sent, in order. */
  public Databases dryRun(Consumer<PlannedAct> acts) {
    return new Databases(
        byKind.values().stream().<Database>map(real -> new DryRunDatabase(real, acts)).toList());
  }

  /** One session, looked at but not acted on; closing it is left to whoever opened it. */
  public NodeSession dryRun(NodeSession session, Consumer<PlannedAct> acts) {
    return new DryRunSession(session, of(session.node()).statements(), acts);
  }

  /** See {@link Database#connect}. */
  public NodeSession connect(Node node, Duration lease, ActLog log) {
    return of(node).connect(node, lease, log);
  }

  /** See {@link Database#openProbe}. */
  public ProbeConnection openProbe(Endpoint at, Node like, Account account) {
    return of(like).openProbe(at, like, account);
  }

  /** The same for a plan whose two nodes write in turn; see {@link Database#openSharedProbe}. */
  public ProbeConnection openProbe(Endpoint at, Node like, Node other, Account account) {
    return like.kind() == other.kind()
        ? of(like).openProbe(at, like, account)
        : of(like).openSharedProbe(at, like, account);
  }

  private Database of(Node node) {
    Database adapter = byKind.get(node.kind());
    if (adapter == null) {
      throw new NodeException(
          node,
          "finding its adapter",
          "none serves " + node.kind(),
          NodeException.Action.CORRECT_INPUT);
    }
    return adapter;
  }
}
