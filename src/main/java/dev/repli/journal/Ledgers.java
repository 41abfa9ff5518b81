package dev.repli.journal;

import dev.repli.run.RunKey;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the ledgers that writer switches signed into the journal. */
public final class Ledgers {
  private final Journal journal;

  public Ledgers(Journal journal) {
    this.journal = journal;
  }

  /** The newest ledger of a run with the entry that signs it. */
  public Optional<Signed> find(RunKey run) {
    List<Signed> signed = journal.read(run).stream().flatMap(Ledgers::signed).toList();
    return signed.isEmpty() ? Optional.empty() : Optional.of(signed.get(signed.size() - 1));
  }

  private static Stream<Signed> signed(JournalEntry entry) {
    return entry.evidence() instanceof Evidence.LedgerSigned evidence
        ? Stream.of(new Signed(evidence.ledger(), entry))
        : Stream.empty();
  }

  /** A ledger and the entry whose hash signs it. */
  public record Signed(Ledger ledger, JournalEntry entry) {}
}
