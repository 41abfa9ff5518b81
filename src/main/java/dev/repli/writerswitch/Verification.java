package dev.repli.writerswitch;

import dev.repli.database.NodeException;
import dev.repli.database.NodeSession;
import dev.repli.database.ProbeConnection;
import dev.repli.database.ProbeConnection.Ack;
import dev.repli.plan.Endpoint;
import dev.repli.plan.Entrance;
import dev.repli.plan.Node;
import dev.repli.route.RouteSession;
import dev.repli.writerswitch.PhaseResult.Failed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A write through each route is found on the new writer, and the old one refuses one. */
final class Verification {

  PhaseResult verify(SwitchAttempt attempt) {
    List<String> findings = new ArrayList<>();
    if (attempt.newWriter().isFenced()) {
      findings.add(attempt.request.newWriter().label() + " refuses writes");
    }
    for (RouteSession route : attempt.routes) {
      if (route.look().writer().filter(attempt.request.direction().to()::equals).isEmpty()) {
        findings.add(
            "route "
                + route.spec().name()
                + " does not lead to the new writer: "
                + route.look().detail());
      }
    }
    if (attempt.ports.writes() && attempt.request.plan().probe().enabled()) {
      canaries(attempt, findings);
    }
    if (attempt.oldWriter != null && !attempt.oldWriter.isFenced()) {
      findings.add(attempt.request.oldWriter().label() + " accepts writes");
    }
    return findings.isEmpty() ? PhaseResult.DONE : new Failed(String.join("; ", findings));
  }

  private static void canaries(SwitchAttempt attempt, List<String> findings) {
    List<String> written = new ArrayList<>();
    for (RouteSession route : attempt.routes) {
      Node next = attempt.request.newWriter();
      Entrance at = route.spec().endpoint().orElse(new Entrance(next.address(), Optional.empty()));
      String id = "canary-" + route.spec().name() + "-" + System.nanoTime();
      write(attempt, at.address(), at.seenAs(next), id)
          .ifPresentOrElse(
              why -> findings.add("no write through route " + route.spec().name() + ": " + why),
              () -> written.add(id));
    }
    NodeSession newWriter = attempt.newWriter();
    var found = newWriter.findProbeRows(attempt.request.switchId(), Optional.empty());
    written.stream()
        .filter(id -> !found.containsKey(id))
        .forEach(id -> findings.add("canary " + id + " is not on " + newWriter.node().label()));
    if (attempt.oldWriter != null) {
      Node old = attempt.request.oldWriter();
      Optional<String> refusal = write(attempt, old.address(), old, "must-be-refused");
      if (refusal.isEmpty()) {
        findings.add(old.label() + " acknowledged a write behind its fence");
      }
    }
  }

  /** Empty when acknowledged, else why not. */
  private static Optional<String> write(SwitchAttempt attempt, Endpoint at, Node like, String id) {
    try (ProbeConnection connection = attempt.ports.openProbe(attempt.request, at, like)) {
      Ack ack = connection.write(attempt.request.switchId(), id);
      return ack instanceof Ack.Acknowledged ? Optional.empty() : Optional.of(ack.toString());
    } catch (NodeException failure) {
      return Optional.of(String.valueOf(failure.getMessage()));
    }
  }
}
