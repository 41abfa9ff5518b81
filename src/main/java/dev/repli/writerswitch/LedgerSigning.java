package dev.repli.writerswitch;

import dev.repli.database.NodeException;
import dev.repli.database.NodeSession;
import dev.repli.database.NodeSession.ProbeRow;
import dev.repli.journal.Evidence.LedgerSigned;
import dev.repli.journal.Ledger;
import dev.repli.writerswitch.ProbeLog.Line;
import dev.repli.writerswitch.ProbeLog.Seen;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Looks every acknowledged write up on both nodes and writes the proof into the journal. */
final class LedgerSigning {
  private final Path directory;

  LedgerSigning(Path directory) {
    this.directory = directory;
  }

  Ledger sign(SwitchAttempt attempt) {
    Ledger ledger = ledger(attempt);
    attempt.writeKept();
    attempt.journal.append(new LedgerSigned(ledger));
    return ledger;
  }

  private Ledger ledger(SwitchAttempt attempt) {
    List<List<Line>> routes = ProbeLog.read(directory, attempt.request.switchId());
    List<String> notes = new ArrayList<>(notes(attempt, routes));
    Map<String, ProbeRow> onNew =
        attempt.newWriter().findProbeRows(attempt.request.switchId(), Optional.empty());
    Map<String, ProbeRow> onOld = onOldWriter(attempt, notes);
    List<Line> acknowledged =
        routes.stream()
            .flatMap(List::stream)
            .filter(line -> line.seen() == Seen.ACKNOWLEDGED)
            .toList();
    long newServerId = attempt.newWriter().look().serverId();
    return new Ledger(
        attempt.request.direction().words(),
        !routes.isEmpty(),
        outage(routes, onNew, newServerId),
        acknowledged.size(),
        acknowledged.stream().filter(line -> !onNew.containsKey(line.id())).count(),
        duplicated(onNew) + orphans(onOld, onNew),
        attempt.abortedInFlight.size(),
        attempt.abortedInFlight,
        errors(routes),
        attempt.marked == null ? "" : attempt.marked.value(),
        notes);
  }

  private static Map<String, ProbeRow> onOldWriter(SwitchAttempt attempt, List<String> notes) {
    NodeSession oldWriter = attempt.oldWriter;
    if (oldWriter == null) {
      notes.add(
          attempt.request.oldWriter().label()
              + " could not be reached: writes that exist only there were not looked for");
      return Map.of();
    }
    try {
      return oldWriter.findProbeRows(attempt.request.switchId(), Optional.empty());
    } catch (NodeException failure) {
      notes.add(
          "writes that exist only on the old writer were not looked for: " + failure.getMessage());
      return Map.of();
    }
  }

  private static List<String> notes(SwitchAttempt attempt, List<List<Line>> routes) {
    List<String> notes = new ArrayList<>();
    if (!attempt.ports.writes()) {
      notes.add("dry run: nothing was moved and nothing was written");
    } else if (!attempt.request.plan().probe().enabled()) {
      notes.add("the plan switches the write probe off: the counts prove nothing");
    } else if (routes.isEmpty()) {
      notes.add(
          "no route has an endpoint that the probe could write through: the counts prove nothing");
    }
    return notes;
  }

  private static long duplicated(Map<String, ProbeRow> onNew) {
    return onNew.values().stream().filter(row -> row.count() > 1).count();
  }

  /** Rows of the old writer that never reached the new one. */
  private static long orphans(Map<String, ProbeRow> onOld, Map<String, ProbeRow> onNew) {
    return onOld.keySet().stream().filter(id -> !onNew.containsKey(id)).count();
  }

  /** The worst route counts: that is what its clients saw. */
  private static Optional<Duration> outage(
      List<List<Line>> routes, Map<String, ProbeRow> onNew, long newServerId) {
    return routes.stream()
        .flatMap(route -> outageOf(route, onNew, newServerId).stream())
        .max(Duration::compareTo);
  }

  private static Optional<Duration> outageOf(
      List<Line> route, Map<String, ProbeRow> onNew, long newServerId) {
    long lastOld = -1;
    for (Line line : route) {
      ProbeRow row = onNew.get(line.id());
      if (line.seen() != Seen.ACKNOWLEDGED || row == null) {
        continue;
      }
      if (row.serverId() == newServerId && lastOld >= 0) {
        return Optional.of(Duration.ofNanos((line.atMicros() - lastOld) * 1000));
      }
      lastOld = line.atMicros();
    }
    return Optional.empty();
  }

  private static List<String> errors(List<List<Line>> routes) {
    return routes.stream()
        .flatMap(List::stream)
        .filter(line -> line.seen() != Seen.ACKNOWLEDGED)
        .collect(
            Collectors.groupingBy(line -> line.seen() + " " + line.text(), Collectors.counting()))
        .entrySet()
        .stream()
        .map(entry -> entry.getValue() + " × " + entry.getKey())
        .sorted()
        .toList();
  }
}
