package dev.repli.run;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Who and what runs wait for, for those who look on. */
public interface Standings {

  /** Of a run that goes on, with the processes that it called; nothing of one that ended. */
  Standing of(Runs.Run run);

  /**
   * What a run waits for now.
   *
   * @param tasks oldest first
   * @param timers what happens by itself, the next one first
   */
  record Standing(List<OpenTask> tasks, List<Timer> timers) {
    public Standing {
      tasks = List.copyOf(tasks);
      timers = List.copyOf(timers);
    }
  }

  /**
   * A task that a person has to do.
   *
   * @param id the engine's, for links
   * @param assignee who has taken it, empty while nobody has
   * @param candidates users and groups who may take it
   * @param due until when it is wanted
   */
  record OpenTask(
      String id,
      String name,
      Optional<String> assignee,
      List<String> candidates,
      Instant since,
      Optional<Instant> due) {
    public OpenTask {
      candidates = List.copyOf(candidates);
    }
  }

  /**
   * A clock that runs.
   *
   * @param name of the event in the diagram
   */
  record Timer(String name, Instant due) {}
}
