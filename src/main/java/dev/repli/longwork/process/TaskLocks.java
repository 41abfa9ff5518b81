package dev.repli.longwork.process;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.ExternalTaskService;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.exception.NotFoundException;
import org.camunda.bpm.engine.externaltask.ExternalTaskQueryTopicBuilder;
import org.camunda.bpm.engine.externaltask.LockedExternalTask;

/** The engine's locks on external tasks, held in the name of one life of one Repli. */
final class TaskLocks {
  private static final int TRIES = 5;
  private final ExternalTaskService tasks;
  private final String node;
  private final String worker;
  private final Duration lock;

  TaskLocks(ExternalTaskService tasks, String node, Duration lock) {
    this.tasks = tasks;
    this.node = node;
    this.worker = node + "/" + UUID.randomUUID();
    this.lock = lock;
  }

  /** What the engine said. */
  enum Answer {
    YES,
    /** The task is gone: nobody wants it any more. */
    GONE,
    /** The lock is another's. */
    LOST
  }

  /** A node has one life at a time: what its last one had locked is free. */
  void freeOwn() {
    tasks.createExternalTaskQuery().locked().list().stream()
        .filter(task -> task.getWorkerId().startsWith(node + "/"))
        .filter(task -> !task.getWorkerId().equals(worker))
        .forEach(task -> tasks.unlock(task.getId()));
  }

  List<LockedExternalTask> fetch(int most, Collection<String> topics) {
    ExternalTaskQueryTopicBuilder query = null;
    var builder = tasks.fetchAndLock(most, worker);
    for (String topic : topics) {
      query = (query == null ? builder : query).topic(topic, lock.toMillis());
    }
    return query == null ? List.of() : query.execute();
  }

  Answer extend(String task) {
    try {
      tasks.extendLock(task, worker, lock.toMillis());
      return Answer.YES;
    } catch (NotFoundException gone) {
      return Answer.GONE;
    } catch (BadUserRequestException another) {
      return Answer.LOST;
    } catch (OptimisticLockingException busy) {
      // something else touched the task at this moment; the next heartbeat asks again
      return Answer.YES;
    }
  }

  /** The process goes on; another step of it may commit at the same moment. */
  Answer complete(String task, Map<String, Object> variables) {
    for (int attempt = 1; ; attempt++) {
      try {
        tasks.complete(task, worker, variables);
        return Answer.YES;
      } catch (NotFoundException gone) {
        return Answer.GONE;
      } catch (BadUserRequestException another) {
        return Answer.LOST;
      } catch (OptimisticLockingException busy) {
        if (attempt == TRIES) {
          throw busy;
        }
      }
    }
  }

  /** Another may take it at once. */
  void giveBack(String task) {
    if (extend(task) == Answer.YES) {
      tasks.unlock(task);
    }
  }
}
