package dev.repli.journal;

import dev.repli.run.RunKey;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A journal for tests of other features; passes the same contract as the real one. */
public final class InMemoryJournal implements Journal, JournalTail {
  private final Map<RunKey, List<Link>> runs = new LinkedHashMap<>();
  private final Clock clock;
  private String newestFirstHash = Link.GENESIS;

  public InMemoryJournal() {
    this(Clock.systemUTC());
  }

  public InMemoryJournal(Clock clock) {
    this.clock = clock;
  }

  @Override
  public synchronized JournalEntry append(RunKey run, Evidence evidence) {
    List<Link> chain = runs.getOrDefault(run, new ArrayList<>());
    String previous = chain.isEmpty() ? newestFirstHash : chain.get(chain.size() - 1).hash();
    Link link = Link.forge(run, chain.size() + 1L, clock.instant(), evidence, previous);
    if (chain.isEmpty()) {
      newestFirstHash = link.hash();
    }
    chain.add(link);
    runs.put(run, chain);
    return link.entry();
  }

  @Override
  public synchronized void appendAll(RunKey run, List<? extends Evidence> evidence) {
    evidence.forEach(EvidenceJson::write);
    evidence.forEach(one -> append(run, one));
  }

  @Override
  public synchronized List<JournalEntry> read(RunKey run) {
    return runs.getOrDefault(run, List.of()).stream().map(Link::entry).toList();
  }

  @Override
  public synchronized List<JournalEntry> after(RunKey run, long seq, int most) {
    return read(run).stream().filter(entry -> entry.seq() > seq).limit(most).toList();
  }

  @Override
  public synchronized Map<RunKey, Long> ends(int most) {
    Map<RunKey, Long> ends = new LinkedHashMap<>();
    runs.forEach((run, links) -> ends.put(run, (long) links.size()));
    return ends;
  }

  @Override
  public synchronized Optional<JournalEntry> newestMilestone(RunKey run, String... names) {
    List<String> wanted = Arrays.asList(names);
    return runs.getOrDefault(run, List.of()).stream()
        .filter(link -> link.milestone().filter(wanted::contains).isPresent())
        .reduce((first, second) -> second)
        .map(Link::entry);
  }

  @Override
  public Session open(RunKey run) {
    return new MemorySession(run);
  }

  @Override
  public synchronized Integrity check() {
    Seal seal = new Seal();
    runs.forEach(
        (run, chain) -> seal.add(run.value(), chain.size(), chain.get(chain.size() - 1).hash()));
    return new Integrity.Intact(
        runs.size(), runs.values().stream().mapToLong(List::size).sum(), seal.hex());
  }

  private synchronized Optional<JournalEntry> appendUnless(
      RunKey run, Evidence.Milestone milestone, Collection<String> unless, long afterSeq) {
    boolean stands =
        newestMilestone(run, unless.toArray(String[]::new))
            .filter(entry -> entry.seq() > afterSeq)
            .isPresent();
    return stands ? Optional.empty() : Optional.of(append(run, milestone));
  }

  private final class MemorySession implements Session {
    private final RunKey run;

    MemorySession(RunKey run) {
      this.run = run;
    }

    @Override
    public JournalEntry append(Evidence evidence) {
      return InMemoryJournal.this.append(run, evidence);
    }

    @Override
    public Optional<JournalEntry> appendUnless(
        Evidence.Milestone milestone, Collection<String> unless, long afterSeq) {
      return InMemoryJournal.this.appendUnless(run, milestone, unless, afterSeq);
    }

    @Override
    public Optional<JournalEntry> newestMilestone(String... names) {
      return InMemoryJournal.this.newestMilestone(run, names);
    }

    @Override
    public void close() {
      // nothing is held
    }
  }
}
