package dev.repli.writerswitch;

import dev.repli.journal.Journal;
import java.util.stream.Collectors;

/** A run's journal as text, for the message of a failing test. */
final class Journals {
  private Journals() {}

  static String text(SwitchContext repli, SwitchRequest request) {
    return repli.bean(Journal.class).read(request.run()).stream()
        .map(entry -> entry.seq() + " " + entry.evidence())
        .collect(Collectors.joining("\n"));
  }
}
