package dev.repli.guardrail.configuration;

import dev.repli.database.survey.Server;
import dev.repli.guardrail.About;
import dev.repli.guardrail.Group;
import dev.repli.guardrail.Guardrail;
import dev.repli.guardrail.Situation;
import dev.repli.guardrail.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

@Component
final class PacketSize implements Guardrail {

  @Override
  public About about() {
    return About.blocks(
            Group.CONFIGURATION,
            "packet-size",
            "The next writer takes packets as big as the writer does")
        .protectsFrom("error 1153 (packet too big) for a blob or a batch that was fine before")
        .reads("max_allowed_packet and slave_max_allowed_packet of both nodes")
        .mend("SET GLOBAL max_allowed_packet to that of the writer, and in the option file");
  }

  @Override
  public Verdict check(Situation situation) {
    Server writer = situation.writer().server().get();
    Server next = situation.next().server().get();
    List<String> problems = new ArrayList<>();
    if (next.number("max_allowed_packet") < writer.number("max_allowed_packet")) {
      problems.add(
          "max_allowed_packet is %.0f on the writer, %.0f on the next"
              .formatted(writer.number("max_allowed_packet"), next.number("max_allowed_packet")));
    }
    return Verdict.unless(problems, "%.0f bytes".formatted(next.number("max_allowed_packet")));
  }
}
