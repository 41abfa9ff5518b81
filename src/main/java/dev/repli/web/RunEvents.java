package dev.repli.web;

import dev.repli.journal.JournalEntry;
import dev.repli.journal.JournalTail;
import dev.repli.longwork.WorkRecords;
import dev.repli.run.RunKey;
import dev.repli.run.Runs;
import dev.repli.run.Standings;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Tells those who look on what happens in a run: {@code entry} for each entry of its journal, with
 * its number as id, {@code state} when what it waits for has changed, {@code end} once at its end.
 * The database is asked each second, since the run may be driven by another node.
 */
@Component
final class RunEvents {
  private static final Logger LOG = LoggerFactory.getLogger(RunEvents.class);
  private static final int MOST_LISTENERS = 50;
  private static final int AT_ONCE = 200;
  private static final int THREADS = 4;
  private static final int ROUNDS_BETWEEN_SIGNS = 15;

  /** In ms. A browser connects again by itself, with the number of the last entry that it has. */
  private static final long LONGEST = TimeUnit.MINUTES.toMillis(30);

  private final Runs runs;
  private final JournalTail tail;
  private final Standings standings;
  private final WorkRecords work;
  private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService rounds =
      Executors.newScheduledThreadPool(
          THREADS,
          task -> {
            Thread thread = new Thread(task, "run-events");
            thread.setDaemon(true);
            return thread;
          });

  RunEvents(Runs runs, JournalTail tail, Standings standings, WorkRecords work) {
    this.runs = runs;
    this.tail = tail;
    this.standings = standings;
    this.work = work;
  }

  /**
   * What a run waits for, as the API shows it.
   *
   * @param timers what happens by itself, the next one first
   */
  record State(
      RunView run,
      List<Standings.OpenTask> tasks,
      List<Standings.Timer> timers,
      List<WorkView> work) {}

  /**
   * Begins to tell.
   *
   * @param after number of the last entry that is known already, 0 for none
   */
  SseEmitter listen(RunKey run, long after) {
    if (listeners.size() >= MOST_LISTENERS) {
      throw Problem.of(
          HttpStatus.SERVICE_UNAVAILABLE,
          "too-many-listeners",
          MOST_LISTENERS + " pages listen already. Ask GET /api/runs/" + run + " instead.");
    }
    Listener listener = new Listener(run, after);
    listeners.add(listener);
    listener.begin();
    return listener.emitter;
  }

  /** Before the server waits for open requests to end. */
  @EventListener(ContextClosedEvent.class)
  void end() {
    rounds.shutdownNow();
    listeners.forEach(listener -> listener.emitter.complete());
  }

  private final class Listener {
    private final SseEmitter emitter = new SseEmitter(LONGEST);
    private final RunKey run;
    private long told;
    private Optional<State> last = Optional.empty();
    private int silent;
    private volatile Optional<ScheduledFuture<?>> repeated = Optional.empty();

    Listener(RunKey run, long after) {
      this.run = run;
      this.told = after;
    }

    void begin() {
      emitter.onCompletion(this::stop);
      emitter.onTimeout(this::stop);
      emitter.onError(lost -> stop());
      repeated = Optional.of(rounds.scheduleWithFixedDelay(this::round, 0, 1, TimeUnit.SECONDS));
    }

    private void stop() {
      listeners.remove(this);
      repeated.ifPresent(round -> round.cancel(false));
    }

    private void round() {
      try {
        if (!listeners.contains(this)) {
          stop();
        } else if (tell()) {
          stop();
          emitter.complete();
        }
      } catch (IOException | IllegalStateException gone) {
        stop();
      } catch (RuntimeException e) {
        // the next round may find the database again
        LOG.warn("events of run {} were not read: {}", run, e.getClass().getSimpleName());
      }
    }

    /** The state is read first: what is written until the end is told before the end. */
    private boolean tell() throws IOException {
      Optional<Runs.Run> found = runs.find(run);
      Optional<State> now = found.map(RunEvents.this::state);
      boolean more = entries();
      if (!now.equals(last) && now.isPresent()) {
        send(SseEmitter.event().name("state").data(now.get(), MediaType.APPLICATION_JSON));
        last = now;
      }
      boolean over = !more && found.map(known -> known.result().isPresent()).orElse(true);
      if (over) {
        send(SseEmitter.event().name("end").data(run.value(), MediaType.TEXT_PLAIN));
      } else if (++silent >= ROUNDS_BETWEEN_SIGNS) {
        send(SseEmitter.event().comment("still here"));
      }
      return over;
    }

    /** Whether there may be more. */
    private boolean entries() throws IOException {
      List<JournalEntry> entries = tail.after(run, told, AT_ONCE);
      for (JournalEntry entry : entries) {
        send(
            SseEmitter.event()
                .id(Long.toString(entry.seq()))
                .name("entry")
                .data(TimelineEntry.of(entry), MediaType.APPLICATION_JSON));
        told = entry.seq();
      }
      return entries.size() == AT_ONCE;
    }

    private void send(SseEmitter.SseEventBuilder event) throws IOException {
      emitter.send(event);
      silent = 0;
    }
  }

  private State state(Runs.Run run) {
    Standings.Standing standing = standings.of(run);
    return new State(
        RunView.of(run),
        standing.tasks(),
        standing.timers(),
        work.of(run.key()).stream().map(WorkView::of).toList());
  }
}
