package dev.repli.certificate;

import static dev.repli.rollback.Finding.note;

import dev.repli.database.Databases;
import dev.repli.database.NodeSession;
import dev.repli.database.PlannedAct;
import dev.repli.rollback.Finding;
import java.util.ArrayList;
import java.util.List;

/**
 * The canary of a dry run: the exact statements of {@link CanaryProof}, in order, none of them
 * sent. Whether a row arrives is therefore not known.
 */
final class PlannedCanary {
  private static final String ID = "<time>";
  private final Databases databases;

  PlannedCanary(Databases databases) {
    this.databases = databases;
  }

  /** What it would send where. */
  List<PlannedAct> acts(Situation now) {
    List<PlannedAct> acts = new ArrayList<>();
    NodeSession source = databases.dryRun(now.source(), acts::add);
    NodeSession target = databases.dryRun(now.target(), acts::add);
    String run = CanaryProof.run(now.plan());
    if (now.beforeCutover() && now.streamsBack()) {
      source.prepareProbe();
      target.canary().writePastFence(run, ID + "b");
      target.canary().forget(run, ID + "b");
      acts.add(new PlannedAct(now.source().node().label(), "import the row by Repli's own stream"));
      source.canary().write(run, ID + "t");
    } else if (now.beforeCutover()) {
      source.prepareProbe();
      source.canary().follow(now.target().node(), now.target().canary().end(), "***");
      target.canary().writePastFence(run, ID + "b");
      source.canary().unfollow();
      source.canary().write(run, ID + "t");
    } else {
      target.prepareProbe();
      target.canary().write(run, ID + "b");
    }
    return acts;
  }

  /** What a dry run can say of it. */
  static Finding notTried(List<PlannedAct> acts) {
    return note(
        "canary row there and back", "", "not tried in a dry run; statements: " + acts.size());
  }
}
