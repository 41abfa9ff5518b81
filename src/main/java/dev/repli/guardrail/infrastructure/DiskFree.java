package dev.repli.guardrail.infrastructure;

import dev.repli.database.survey.Disks;
import dev.repli.database.survey.NodeSurvey;
import dev.repli.database.survey.Server;
import dev.repli.guardrail.About;
import dev.repli.guardrail.Group;
import dev.repli.guardrail.Guardrail;
import dev.repli.guardrail.Situation;
import dev.repli.guardrail.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

@Component
final class DiskFree implements Guardrail {
  private static final int USUAL_PERCENT = 10;
  private static final double LEAST_UPTIME = Duration.ofHours(1).toSeconds();
  private static final long MEGABYTE = 1 << 20;

  @Override
  public About about() {
    return About.blocks(
            Group.INFRASTRUCTURE,
            "disk-free",
            "Disks have room for the data and the binary logs of the rollback window")
        .protectsFrom("a server that stops in the middle of the night, and takes the way back away")
        .reads(
            "information_schema.DISKS for datadir, tmpdir and the binary log; the binary log's"
                + " growth since the server's start; freeDisk of the plan (else 10 %)")
        .mend("make room, or a larger disk; where disks are unknown see disk-known")
        .alsoInTheWindow();
  }

  @Override
  public Verdict check(Situation situation) {
    List<String> problems = new ArrayList<>();
    List<String> shown = new ArrayList<>();
    for (NodeSurvey node : situation.both()) {
      Disks disks = node.disks().get();
      if (disks.known()) {
        look(node, disks, situation, problems, shown);
      } else if (situation.plan().guardrails().freeDisk().isPresent()) {
        problems.add(
            node.label() + ": unknown, but the plan asks for free disk. " + disks.unknown());
      } else {
        shown.add(node.label() + ": unknown, which disk-known warns of");
      }
    }
    return Verdict.unless(problems, String.join("; ", shown));
  }

  private static void look(
      NodeSurvey node,
      Disks disks,
      Situation situation,
      List<String> problems,
      List<String> shown) {
    Server server = node.server().get();
    int percent = situation.plan().guardrails().freeDisk().orElse(USUAL_PERCENT);
    for (String variable : List.of("datadir", "tmpdir", "log_bin_basename")) {
      String path = server.variable(variable).orElse("").split(":", -1)[0];
      Optional<Disks.Disk> found = path.isEmpty() ? Optional.empty() : disks.of(path);
      if (found.isEmpty()) {
        continue;
      }
      Disks.Disk disk = found.get();
      long logs = variable.equals("tmpdir") ? 0 : growth(server, situation);
      long needed = disk.bytes() / 100 * percent + logs;
      String text =
          "%s: %s is on %s, %d MB free of %d MB"
              .formatted(
                  node.label(),
                  variable,
                  disk.path(),
                  disk.free() / MEGABYTE,
                  disk.bytes() / MEGABYTE);
      shown.add(text);
      if (disk.free() < needed) {
        problems.add(
            "%s, needed are %d %% and %d MB for binary logs of the window"
                .formatted(text, percent, logs / MEGABYTE));
      }
    }
  }

  /** As fast as it has grown since the start, on average. */
  private static long growth(Server server, Situation situation) {
    double written = Double.parseDouble(server.status().getOrDefault("binlog_bytes_written", "0"));
    double seconds = Math.max(LEAST_UPTIME, server.counter("uptime"));
    return (long) (written / seconds * situation.plan().rollbackWindow().toSeconds());
  }
}
