package dev.repli.database;

import dev.repli.plan.Account;
import dev.repli.plan.Endpoint;
import dev.repli.plan.Node;
import java.time.Duration;

/** Adapter of one server technology. Two for one kind fail at start. */
public interface Database {
  Node.Kind kind();

  /**
   * Opens and authenticates every connection that a switch needs on the node: one for all
   * statements and one that the dead-man's switch will sleep in. None is opened later. The server
   * ends both when they are idle for the lease.
   *
   * @param log told of every statement that changes something, for the journal
   * @throws NodeException when the node cannot be reached or refuses the account
   */
  NodeSession connect(Node node, Duration lease, ActLog log);

  /** What this adapter's acts are in words, for dry runs. */
  ActStatements statements();

  /**
   * Opens a client's connection with the probe's account.
   *
   * @param at a route's endpoint, or the node's own address
   * @param like the node whose TLS setting is used
   * @throws NodeException when nobody answers there or the account is refused
   */
  ProbeConnection openProbe(Endpoint at, Node like, Account account);

  /**
   * The same where the endpoint leads to servers of two technologies in turn: its writes are
   * understood by both. A proxy may tie its session to one node.
   */
  default ProbeConnection openSharedProbe(Endpoint at, Node like, Account account) {
    return openProbe(at, like, account);
  }
}
