package dev.repli.guardrail.schema;

import dev.repli.guardrail.About;
import dev.repli.guardrail.Group;
import dev.repli.guardrail.Guardrail;
import dev.repli.guardrail.Situation;
import dev.repli.guardrail.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

@Component
final class SequencesAhead implements Guardrail {

  @Override
  public About about() {
    return About.blocks(
            Group.SCHEMA,
            "sequences-ahead",
            "AUTO_INCREMENT and sequences of the next writer are not behind")
        .protectsFrom(
            "numbers that are handed out twice: duplicate keys, or two things with one" + " number")
        .reads(
            "next AUTO_INCREMENT value and next value of sequences, of the writer and,"
                + " later, of the next writer; steps and offsets of both")
        .mend(
            "ALTER TABLE … AUTO_INCREMENT = n, or SETVAL of the sequence, on the next"
                + " writer; equal auto_increment_increment and _offset");
  }

  @Override
  public Verdict check(Situation situation) {
    List<String> problems = new ArrayList<>();
    for (String name : List.of("auto_increment_increment", "auto_increment_offset")) {
      String writer = situation.writer().server().get().variable(name).orElse("1");
      String next = situation.next().server().get().variable(name).orElse("1");
      if (!writer.equals(next)) {
        problems.add(name + " is " + writer + " on the writer, " + next + " on the next");
      }
    }
    List<String> undone = new ArrayList<>();
    situation
        .following()
        .behind()
        .get()
        .forEach(
            number -> {
              String text =
                  "%s: the writer goes on with %d, the next writer with %d"
                      .formatted(number.table(), number.there(), number.here());
              (number.clashes() ? problems : undone).add(text);
            });
    return Verdict.unless(
        problems,
        "none is behind but for numbers of undone work: " + undone.size(),
        undone.toArray(String[]::new));
  }
}
