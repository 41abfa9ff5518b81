package dev.repli.journal.jdbc;

import dev.repli.journal.Evidence;
import dev.repli.journal.Journal;
import dev.repli.run.RunKey;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A program that appends to several runs at once and prints what was acknowledged, until somebody
 * kills it.
 */
public final class AppendUntilKilled {
  private static final int RUNS = 4;

  private AppendUntilKilled() {}

  public static void main(String[] args) {
    Journal journal = JournalDatabase.inFolder(Path.of(args[0])).journal();
    IntStream.range(0, RUNS)
        .mapToObj(i -> new Thread(() -> append(journal, new RunKey("run-" + i))))
        .forEach(Thread::start);
  }

  private static void append(Journal journal, RunKey run) {
    while (true) {
      long seq = journal.append(run, new Evidence.Milestone("BEAT", "", Map.of())).seq();
      System.out.println("acknowledged " + run + " " + seq);
    }
  }
}
