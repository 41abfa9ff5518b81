package dev.repli.guardrail.topology;

import dev.repli.database.survey.Channel;
import dev.repli.guardrail.About;
import dev.repli.guardrail.Group;
import dev.repli.guardrail.Guardrail;
import dev.repli.guardrail.Situation;
import dev.repli.guardrail.Verdict;
import java.util.List;
import org.springframework.stereotype.Component;

@Component
final class ReplicatesDirectly implements Guardrail {
  @Override
  public About about() {
    return About.blocks(
            Group.TOPOLOGY,
            "replicates-directly",
            "The next writer replicates from the writer, directly and from nobody else")
        .protectsFrom("a position that is reached through a third server proves nothing about it")
        .reads("server ids in SHOW ALL SLAVES STATUS (SHOW REPLICA STATUS)")
        .mend("point the replica to the writer itself, and remove other channels");
  }

  @Override
  public Verdict check(Situation situation) {
    List<Channel> channels = situation.next().channels().get();
    long writer = situation.writer().server().get().serverId();
    String[] evidence =
        channels.stream()
            .map(
                c ->
                    "channel '%s' from server id %d at %s"
                        .formatted(c.name(), c.sourceServerId(), c.from()))
            .toArray(String[]::new);
    if (channels.isEmpty()) {
      return Verdict.fails(situation.next().label() + " replicates from nobody");
    }
    boolean direct = channels.size() == 1 && channels.get(0).sourceServerId() == writer;
    return Verdict.when(
        direct,
        "%s replicates from %s; the writer has server id %d"
            .formatted(situation.next().label(), direct ? "the writer" : "others", writer),
        evidence);
  }
}
