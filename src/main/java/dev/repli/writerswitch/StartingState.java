package dev.repli.writerswitch;

import dev.repli.database.NodeSession;
import dev.repli.database.NodeSession.Facts;
import dev.repli.database.NodeSession.FenceRisk;
import dev.repli.database.NodeSession.Replication;
import dev.repli.journal.Evidence.Measured;
import dev.repli.plan.Node;
import dev.repli.route.RouteSession;
import dev.repli.route.RouteSession.RouteState;
import java.util.ArrayList;
import java.util.List;

/**
 * What has to be true before a switch begins; each objection says what is wrong and how to mend it.
 */
final class StartingState {

  List<String> objections(SwitchAttempt attempt) {
    List<String> objections = new ArrayList<>();
    NodeSession oldWriter = attempt.oldWriter();
    NodeSession newWriter = attempt.newWriter();
    Facts oldFacts = oldWriter.look();
    Facts newFacts = newWriter.look();
    attempt.eventsWereOn = oldFacts.eventsOn();
    attempt.events = oldFacts.enabledEvents();
    writers(oldWriter, oldFacts, newWriter, newFacts, objections);
    if (attempt.request.withoutReplication()) {
      stopped(newWriter, objections);
    } else {
      replication(newWriter, oldFacts.serverId(), objections);
    }
    privileges(oldWriter, objections);
    privileges(newWriter, objections);
    risks(attempt, oldWriter, objections);
    attempt.routes.forEach(route -> route(route, attempt.request.direction().from(), objections));
    return objections;
  }

  private static void writers(
      NodeSession oldWriter,
      Facts oldFacts,
      NodeSession newWriter,
      Facts newFacts,
      List<String> objections) {
    if (oldFacts.serverId() == newFacts.serverId()) {
      objections.add(
          "both nodes say server_id "
              + oldFacts.serverId()
              + ": they are the same server, or their ids have to be made different");
    }
    if (oldFacts.readOnly()) {
      objections.add(
          oldWriter.node().label()
              + " should be the writer but is read only: check who fenced it before starting again");
    }
    if (!newFacts.readOnly()) {
      objections.add(
          newWriter.node().label()
              + " accepts writes although it is not the writer: SET GLOBAL read_only=ON there, and compare the data");
    }
  }

  /** What replication applies, too, nobody could tell from a change of an application. */
  private static void stopped(NodeSession newWriter, List<String> objections) {
    Replication replication = newWriter.replication();
    if (replication.applying()) {
      objections.add(
          newWriter.node().label()
              + " replicates while changes are carried to it: STOP SLAVE there first");
    }
  }

  private static void replication(
      NodeSession newWriter, long oldServerId, List<String> objections) {
    String label = newWriter.node().label();
    Replication replication = newWriter.replication();
    if (!replication.configured()) {
      objections.add(label + " does not replicate from the writer: start replication first");
    } else if (!replication.receiving() || !replication.applying()) {
      objections.add(
          label
              + " does not replicate now ("
              + (replication.receiving() ? "SQL" : "IO")
              + " thread stopped"
              + (replication.error().isEmpty()
                  ? ", the server gives no error: see its error log"
                  : ": " + replication.error())
              + ")");
    } else if (replication.sourceServerId() != oldServerId) {
      objections.add(
          label
              + " replicates from server_id "
              + replication.sourceServerId()
              + ", not from the writer's "
              + oldServerId);
    }
  }

  private static void privileges(NodeSession session, List<String> objections) {
    List<String> missing = session.missingPrivileges();
    if (!missing.isEmpty()) {
      objections.add(
          "account "
              + session.node().account().user()
              + " on "
              + session.node().label()
              + " lacks "
              + String.join(", ", missing)
              + ": grant them as docs/database-accounts.md says");
    }
  }

  private static void risks(SwitchAttempt attempt, NodeSession oldWriter, List<String> objections) {
    for (FenceRisk risk : oldWriter.fenceRisks()) {
      String text = risk.kind() + " " + risk.who() + ": " + risk.detail();
      attempt.keep(new Measured("fence risk", oldWriter.node().label(), text, ""));
      if (risk.blocks()) {
        objections.add(oldWriter.node().label() + " cannot be fenced safely: " + text);
      }
    }
  }

  private static void route(RouteSession route, Node.Role writer, List<String> objections) {
    RouteState state = route.look();
    if (state.writer().filter(writer::equals).isEmpty()) {
      objections.add(
          "route "
              + route.spec().name()
              + " does not lead to the "
              + writer.word()
              + " alone ("
              + state.detail()
              + "): mend the route first");
    }
  }
}
