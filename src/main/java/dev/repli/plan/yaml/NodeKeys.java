package dev.repli.plan.yaml;

import dev.repli.plan.Account;
import dev.repli.plan.Endpoint;
import dev.repli.plan.Entrance;
import dev.repli.plan.Machine;
import dev.repli.plan.Node;
import dev.repli.plan.SecretRef;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Keys of a database server, and of the addresses and accounts that routes have too. */
final class NodeKeys {
  private static final Key<String> USER =
      Key.required(
          "user",
          Texts.formed(
              "[A-Za-z0-9_$][A-Za-z0-9_.$-]{0,79}",
              "1 to 80 letters, digits and _ . $ -, without the host",
              user -> user),
          "Name of the account.");
  private static final Key<SecretRef> PASSWORD =
      Key.required(
          "password",
          Addresses.secret(),
          "Where the password is found: env:NAME or file:/absolute/path.");
  static final Block<Account> ACCOUNT =
      Block.of(
          List.of(USER, PASSWORD), values -> new Account(values.get(USER), values.get(PASSWORD)));

  private static final Key<String> HOST =
      Key.required("host", Addresses.host(), "Host name or IPv4 address.");
  private static final Key<Integer> PORT =
      Key.withDefault("port", Numbers.whole(1, 65535), 3306, "TCP port of the server.");
  private static final Key<Node.Kind> KIND =
      Key.required("kind", Texts.oneOf(Node.Kind.class), "Technology of the server.");
  private static final Key<Account> REPLI =
      Key.required("account", ACCOUNT, "Repli's own account on this server.");
  private static final Key<Account> REPLICATION =
      Key.required(
          "replication",
          ACCOUNT,
          "Account with which the other server's replication logs in on this server.");
  private static final Key<Node.Tls> TLS =
      Key.withDefault(
          "tls",
          Texts.oneOf(Node.Tls.class),
          "verify-full",
          "How connections are protected; trust encrypts without checking the certificate.");
  private static final Key<Optional<Node.Tls>> ENTRANCE_TLS =
      Key.optional(
          "tls",
          Texts.oneOf(Node.Tls.class),
          "How connections to it are protected; without it as those to the server behind.");
  private static final Key<Optional<Path>> FENCE_FILE =
      Key.optional(
          "fenceFile",
          Addresses.file(),
          "Option file of the server that keeps the fence over its restart,"
              + " where Repli can write it.");

  private static final Key<Optional<String>> ENVIRONMENT =
      Key.optional(
          "environment",
          Texts.formed(
              "[a-z][a-z0-9-]{0,19}",
              "1 to 20 characters a-z, 0-9 and '-', starting with a letter",
              name -> name),
          "Name of the environment where two take turns, for example blue.");

  private static final Key<Optional<Machine>> MACHINE =
      Key.optional("machine", MachineKeys.MACHINE, "The server's machine, for work on its files.");

  private NodeKeys() {}

  static Block<Node> node(Node.Role role) {
    return Block.of(
        List.of(KIND, HOST, PORT, REPLI, REPLICATION, TLS, FENCE_FILE, ENVIRONMENT, MACHINE),
        values ->
            new Node(
                role,
                values.get(KIND),
                new Endpoint(values.get(HOST), values.get(PORT)),
                values.get(REPLI),
                values.get(REPLICATION),
                values.get(TLS),
                values.get(FENCE_FILE),
                values.get(ENVIRONMENT),
                values.get(MACHINE)));
  }

  static Block<Endpoint> endpoint(Key<Integer> port) {
    return Block.of(
        List.of(HOST, port), values -> new Endpoint(values.get(HOST), values.get(port)));
  }

  static Block<Entrance> entrance(Key<Integer> port) {
    return Block.of(
        List.of(HOST, port, ENTRANCE_TLS),
        values ->
            new Entrance(
                new Endpoint(values.get(HOST), values.get(port)), values.get(ENTRANCE_TLS)));
  }
}
