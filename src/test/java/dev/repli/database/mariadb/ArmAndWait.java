package dev.repli.database.mariadb;

import dev.repli.database.ActLog;
import dev.repli.database.NodeSession;
import dev.repli.plan.Endpoint;
import dev.repli.plan.Node;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * A commander in a process of its own, so that a test can kill it: arms the dead-man's switch,
 * fences, says so, and waits for ever.
 */
final class ArmAndWait {
  private ArmAndWait() {}

  /**
   * @param args port, lease in milliseconds; the password is read from standard input
   */
  public static void main(String[] args) throws IOException {
    String password =
        new String(System.in.readNBytes(Integer.parseInt(args[2])), StandardCharsets.UTF_8);
    Node node =
        new Node(
            Node.Role.SOURCE,
            Node.Kind.MARIADB,
            new Endpoint("127.0.0.1", Integer.parseInt(args[0])),
            dev.repli.database.ServerPair.account("repli"),
            dev.repli.database.ServerPair.account("repl"),
            Node.Tls.DISABLED,
            Optional.empty());
    Duration lease = Duration.ofMillis(Long.parseLong(args[1]));
    NodeSession session =
        new MariaDbDatabase(reference -> password)
            .connect(node, Duration.ofSeconds(60), ActLog.NONE);
    session.takeCommand("repli/killed", "installation-1");
    session.armDeadMan(lease);
    session.fence(Duration.ofSeconds(1));
    System.out.println("fenced");
    var unused = System.in.read();
  }
}
