package dev.repli.plan;

import java.nio.file.Path;
import java.util.Optional;

/**
 * One database server of a plan. Its role never changes: after a rollback the source is writer
 * again and is still the source.
 *
 * @param account Repli's own account on the node
 * @param replication the account with which the other node's replication threads log in here
 * @param fenceFile option file (local path) that keeps the fence over a restart of the server;
 *     empty when Repli cannot reach the node's files
 */
public record Node(
    Role role,
    Kind kind,
    Endpoint address,
    Account account,
    Account replication,
    Tls tls,
    Optional<Path> fenceFile) {

  /** Before the cutover the source is writer, after it the target. */
  public enum Role {
    SOURCE,
    TARGET;

    public String word() {
      return this == SOURCE ? "source" : "target";
    }

    /** The node on the other side of the plan. */
    public Role other() {
      return this == SOURCE ? TARGET : SOURCE;
    }
  }

  /** Server technology. */
  public enum Kind {
    MARIADB,
    MYSQL
  }

  /** How a connection to the node is protected. */
  public enum Tls {
    DISABLED,
    TRUST,
    VERIFY_CA,
    VERIFY_FULL
  }

  /** The same node, its connections protected in another way. */
  public Node withTls(Tls other) {
    return new Node(role, kind, address, account, replication, other, fenceFile);
  }

  /** For people: {@code target (db2.example:3306)}. */
  public String label() {
    return role.word() + " (" + address + ")";
  }
}
