package dev.repli.journal;

import dev.repli.run.RunKey;
import java.util.List;
import java.util.Map;

/** What was appended since somebody read last. */
public interface JournalTail {

  /** Sequence number of the last entry of each of the {@code most} runs that began last. */
  Map<RunKey, Long> ends(int most);

  /** Entries of a run behind that one, oldest first, at most {@code most}. */
  List<JournalEntry> after(RunKey run, long seq, int most);
}
