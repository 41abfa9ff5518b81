package dev.repli.logical;

import dev.repli.journal.Journal;
import dev.repli.run.RunKey;
import java.util.Map;
import java.util.Optional;

/**
 * Reads what people answer about the delta of a run, against the tables that the newest look left
 * to them.
 */
public record DeltaAnswers(Journal journal) {

  /** What was left to people. */
  public AskedTables asked(RunKey run) {
    return AskedTables.of(journal, run);
  }

  /** Why the lines about tables do not count, for people; empty when they do. */
  public Optional<String> refusal(RunKey run, DeltaChoice choice, String lines) {
    return lines(run, choice, lines) instanceof TableLines.Read.Wrong wrong
        ? Optional.of(wrong.why())
        : Optional.empty();
  }

  /**
   * What was chosen.
   *
   * @throws IllegalArgumentException when the lines do not count
   */
  public ChosenDelta chosen(RunKey run, DeltaChoice choice, String lines) {
    TableLines.Read read = lines(run, choice, lines);
    if (read instanceof TableLines.Read.Wrong wrong) {
      throw new IllegalArgumentException(wrong.why());
    }
    return new ChosenDelta(choice, ((TableLines.Read.Policies) read).byTable());
  }

  /** Where everything is abandoned, whatever stands in the lines does not count. */
  private TableLines.Read lines(RunKey run, DeltaChoice choice, String lines) {
    return choice == DeltaChoice.ABANDON
        ? new TableLines.Read.Policies(Map.of())
        : TableLines.read(lines, asked(run), TablePolicies.decided(journal, run).keySet());
  }
}
