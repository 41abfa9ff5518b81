package dev.repli.longwork;

import dev.repli.longwork.WorkProgress.Amount;
import dev.repli.longwork.WorkProgress.State;
import dev.repli.run.RunKey;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Work in memory. */
public final class InMemoryWorkRecords implements WorkRecords {
  private final Map<String, WorkProgress> all = new LinkedHashMap<>();

  @Override
  public synchronized long begin(RunKey run, String work, String node, Instant now) {
    WorkProgress known = all.get(key(run, work));
    long token = known == null ? 1 : known.token() + 1;
    all.put(
        key(run, work),
        new WorkProgress(work, token, node, State.RUNNING, Amount.UNKNOWN, now, now, ""));
    return token;
  }

  @Override
  public synchronized boolean beat(
      RunKey run, String work, long token, Amount amount, Instant now) {
    WorkProgress known = mine(run, work, token);
    if (known == null) {
      return false;
    }
    all.put(
        key(run, work),
        new WorkProgress(
            work, token, known.node(), State.RUNNING, amount, known.begunAt(), now, ""));
    return true;
  }

  @Override
  public synchronized boolean isOf(RunKey run, String work, long token) {
    return mine(run, work, token) != null;
  }

  @Override
  public synchronized void end(
      RunKey run, String work, long token, State state, String text, Instant now) {
    WorkProgress known = mine(run, work, token);
    if (known != null) {
      String said = text.length() <= 2000 ? text : text.substring(0, 1999) + "…";
      all.put(
          key(run, work),
          new WorkProgress(
              work, token, known.node(), state, known.amount(), known.begunAt(), now, said));
    }
  }

  @Override
  public synchronized void retire(RunKey run) {
    all.replaceAll(
        (key, known) ->
            key.startsWith(run + "\n") && known.state() == State.RUNNING
                ? new WorkProgress(
                    known.work(),
                    known.token() + 1,
                    known.node(),
                    State.CANCELLED,
                    known.amount(),
                    known.begunAt(),
                    known.beatAt(),
                    "its run has ended")
                : known);
  }

  private @Nullable WorkProgress mine(RunKey run, String work, long token) {
    WorkProgress known = all.get(key(run, work));
    boolean mine = known != null && known.token() == token && known.state() == State.RUNNING;
    return mine ? known : null;
  }

  @Override
  public synchronized List<WorkProgress> of(RunKey run) {
    return all.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(run + "\n"))
        .map(Map.Entry::getValue)
        .toList();
  }

  private static String key(RunKey run, String work) {
    return run + "\n" + work;
  }
}
