package dev.repli.delta;

import dev.repli.plan.Account;
import dev.repli.plan.Endpoint;
import dev.repli.plan.Node;
import dev.repli.plan.SecretRef;
import java.util.Optional;

/** A MariaDB as a plan names it; nothing connects to it. */
public final class NamedNode {
  public static Node of(Node.Role role) {
    return new Node(
        role,
        Node.Kind.MARIADB,
        new Endpoint("db", 3306),
        account(),
        account(),
        Node.Tls.DISABLED,
        Optional.empty());
  }

  public static Account account() {
    return new Account("importer", new SecretRef("env:X"));
  }

  private NamedNode() {}
}
