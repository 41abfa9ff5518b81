package dev.repli.comparison.jdbc;

import dev.repli.comparison.ComparisonStore;
import dev.repli.comparison.ComparisonStore.Partial;
import dev.repli.plan.Account;
import dev.repli.plan.Endpoint;
import dev.repli.plan.Node;
import dev.repli.plan.SecretRef;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.function.Consumer;

/** A comparison in a process of its own, which is killed. */
public final class CompareChild {
  private CompareChild() {}

  /** Arguments: address of the store, id, port of the source, port of the target. */
  public static void main(String[] args) {
    ComparisonStore store =
        telling(
            ComparisonLab.store(args[0]), soFar -> System.out.println("compared " + soFar.rows()));
    String password = System.getenv("REPLI_PASSWORD");
    var comparison =
        ComparisonLab.comparison(reference -> password, store, KilledComparisonIT.TINY_CHUNKS);
    Node source = node(Node.Role.SOURCE, args[2]);
    Node target = node(Node.Role.TARGET, args[3]);
    var result =
        comparison.compare(
            ComparisonLab.request(args[1], ComparisonLab.plan(source, target), ManyRows.NAME));
    System.out.println("ended " + result.verdict());
  }

  private static Node node(Node.Role role, String port) {
    Account any = new Account("repli", new SecretRef("env:REPLI_PASSWORD"));
    return new Node(
        role,
        Node.Kind.MARIADB,
        new Endpoint("127.0.0.1", Integer.parseInt(port)),
        any,
        any,
        Node.Tls.DISABLED,
        Optional.empty());
  }

  /** Tells of each part after it was kept. */
  static ComparisonStore telling(ComparisonStore store, Consumer<Partial> kept) {
    return (ComparisonStore)
        Proxy.newProxyInstance(
            CompareChild.class.getClassLoader(),
            new Class<?>[] {ComparisonStore.class},
            (proxy, method, values) -> {
              try {
                Object answer = method.invoke(store, values);
                if (method.getName().equals("compared")) {
                  kept.accept((Partial) values[2]);
                }
                return answer;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
