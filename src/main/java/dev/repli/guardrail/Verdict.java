package dev.repli.guardrail;

import java.util.ArrayList;
import java.util.List;

/** What a check has found. */
public sealed interface Verdict {
  /** One sentence. */
  String found();

  /** What it was read from, one thing a line. */
  List<String> evidence();

  /** It is as it has to be. */
  record Holds(String found, List<String> evidence) implements Verdict {
    public Holds {
      evidence = List.copyOf(evidence);
    }
  }

  /** It is not. */
  record Fails(String found, List<String> evidence) implements Verdict {
    public Fails {
      evidence = List.copyOf(evidence);
    }
  }

  static Verdict holds(String found, String... evidence) {
    return new Holds(found, List.of(evidence));
  }

  static Verdict fails(String found, String... evidence) {
    return new Fails(found, List.of(evidence));
  }

  static Verdict when(boolean holds, String found, String... evidence) {
    return holds ? holds(found, evidence) : fails(found, evidence);
  }

  /** Holds when there is no problem; else the problems are the evidence, the first in the text. */
  static Verdict unless(List<String> problems, String otherwise, String... evidence) {
    if (problems.isEmpty()) {
      return holds(otherwise, evidence);
    }
    List<String> all = new ArrayList<>(problems);
    all.addAll(List.of(evidence));
    int more = problems.size() - 1;
    String found = problems.get(0) + (more == 0 ? "" : ", and " + more + " more");
    return new Fails(found, all);
  }
}
