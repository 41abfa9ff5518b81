package dev.repli.plan;

import java.nio.file.Path;
import java.util.Optional;

/**
 * One database server of a plan. Its role never changes: after a rollback the source is writer
 * again and is still the source.
 *
 * @param account Repli's own account on the node
 * @param replication the account with which the other node's replication threads log in here
 * @param environment its name where there are two that take turns, for example {@code blue}; either
 *     can be the source
 * @param machine where its files are; empty when Repli has no business there
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
    Optional<Path> fenceFile,
    Optional<String> environment,
    Optional<Machine> machine) {

  /** A node on whose machine Repli has no business. */
  public Node(
      Role role,
      Kind kind,
      Endpoint address,
      Account account,
      Account replication,
      Tls tls,
      Optional<Path> fenceFile,
      Optional<String> environment) {
    this(role, kind, address, account, replication, tls, fenceFile, environment, Optional.empty());
  }

  /** A node without a name of its own. */
  public Node(
      Role role,
      Kind kind,
      Endpoint address,
      Account account,
      Account replication,
      Tls tls,
      Optional<Path> fenceFile) {
    this(role, kind, address, account, replication, tls, fenceFile, Optional.empty());
  }

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
    return new Node(
        role, kind, address, account, replication, other, fenceFile, environment, machine);
  }

  /** The same server on the other side of the plan. */
  public Node inRole(Role other) {
    return new Node(
        other, kind, address, account, replication, tls, fenceFile, environment, machine);
  }

  /** How people call it: by its environment if it has a name, else by its role. */
  public String called() {
    return environment.orElse(role.word());
  }

  /** For people: {@code target (db2.example:3306)}, or {@code target green (db2.example:3306)}. */
  public String label() {
    return role.word() + environment.map(name -> " " + name).orElse("") + " (" + address + ")";
  }
}
