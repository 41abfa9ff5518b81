package dev.repli.inplace;

import dev.repli.backup.BackupTools;
import dev.repli.host.HostCommand;
import dev.repli.plan.Account;
import dev.repli.plan.Node;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Writes what binary logs hold to the restored server, up to a position that is known. It goes on
 * where an earlier attempt stopped: the server's own binary log says what it has.
 */
final class Replay {
  private final Scene scene;

  Replay(Scene scene) {
    this.scene = scene;
  }

  /**
   * @param logs names in the kept directory
   * @param first where the first log begins to count, for a server that has nothing yet
   * @param backup the position of the backup: a server that has nothing yet stands there
   * @param end the position to reach
   */
  void upTo(List<String> logs, long first, String backup, String end) {
    upTo(logs, first, backup, end, stands -> List.of());
  }

  /** The same, and reads nothing of the last log from an offset on. */
  void before(List<String> logs, long first, String backup, RecoveryEnd end) {
    upTo(logs, first, backup, end.gtid(), stands -> List.of("--stop-position=" + end.offset()));
  }

  /** The same, and reads nothing that was written after the end was noted. */
  void exactlyTo(List<String> logs, long first, String backup, String end) {
    // a silent domain must not be named: the tool looks for its end in these logs
    upTo(
        logs, first, backup, end, stands -> List.of("--stop-position=" + Gtids.moved(stands, end)));
  }

  private void upTo(
      List<String> logs,
      long first,
      String backup,
      String end,
      Function<String, List<String>> stop) {
    scene.files.end(scene.at.mark());
    try (UpgradedServer server = scene.server()) {
      String now = server.position();
      if (Gtids.same(Gtids.over(backup, now), end)) {
        return;
      }
      String stands = Gtids.over(backup, now);
      List<String> limits = new ArrayList<>();
      limits.add("--start-position=" + (now.isEmpty() ? String.valueOf(first) : stands));
      limits.addAll(stop.apply(stands));
      LargestPacket packet = new LargestPacket(scene);
      packet.raise(server);
      try {
        Polled.run(() -> pipe(logs, limits), () -> progress(stands, end));
      } finally {
        packet.asBefore(server);
      }
      String reached = Gtids.over(backup, server.position());
      if (!Gtids.same(reached, end)) {
        throw new InPlaceException(
            "%s stands at %s after the binary logs, and has to stand at %s; it stays closed"
                .formatted(scene.at.node().label(), reached, end));
      }
    }
  }

  void rehearse(List<String> logs, String start) {
    scene.note(
        Notes.planned(
            scene.at.node().label(),
            "SET GLOBAL max_allowed_packet = " + LargestPacket.LARGEST + ", and back"));
    pipe(logs, List.of("--start-position=" + start));
  }

  /** Both ends of the pipe have to end well: either alone leaves a hole. */
  private void pipe(List<String> logs, List<String> limits) {
    Account account = scene.at.node().account();
    List<Path> paths = logs.stream().map(scene.kept()::resolve).toList();
    HostCommand command =
        new BackupTools(scene.at.previous()).replay(paths, limits, client(account.user()));
    scene.must(
        command
            .with(new HostCommand.Secret(scene.ports.secrets.resolve(account.password())))
            .marked(scene.at.mark()),
        "write the binary logs again");
  }

  private List<String> client(String user) {
    Node node = scene.at.node();
    return List.of(
        "--protocol=tcp",
        "--host=" + node.address().host(),
        "--port=" + node.address().port(),
        "--user=" + user,
        switch (node.tls()) {
          case DISABLED -> "--skip-ssl";
          case TRUST -> "--ssl";
          case VERIFY_CA, VERIFY_FULL -> "--ssl-verify-server-cert";
        });
  }

  /** Of what this attempt has to write, which is what its remaining time is reckoned by. */
  private void progress(String begun, String end) {
    try (UpgradedServer server = scene.server()) {
      scene.watch.progress(
          Gtids.between(begun, server.position()), Gtids.between(begun, end), "transactions");
    }
  }
}
