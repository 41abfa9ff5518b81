package dev.repli.writerswitch;

import dev.repli.database.NodeException;
import dev.repli.database.NodeSession;
import dev.repli.database.ProbeConnection;
import dev.repli.journal.Evidence;
import dev.repli.journal.Journal;
import dev.repli.journal.JournalException;
import dev.repli.plan.Endpoint;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.plan.RouteSpec;
import dev.repli.route.RouteException;
import dev.repli.route.RouteSession;
import dev.repli.run.RunKey;
import dev.repli.writerswitch.Carrier.Carriage;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Numbers every call that a switch makes to nodes, routes and the journal, over all commanders of
 * one case, and lets what is scheduled happen at exactly these calls.
 */
final class FaultyPorts implements SwitchPorts {
  /** What can happen at a call. */
  enum Kind {
    /** Repli dies right after the effect; before it is the same as after the call before. */
    KILLED,
    /** No effect; the connection works on. */
    FAILS,
    /** The effect is there, the connection dies, and nobody knows. */
    ANSWER_LOST,
    /** Repli stands still for twice the lease before the call. */
    FROZEN,
    OLD_WRITER_DIES,
    NEW_WRITER_DIES
  }

  /** One fault, at the call with this number, from 1. */
  record Fault(int call, Kind kind) {}

  /** Stands for the end of the process: nothing of Repli runs after it. */
  static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  /** These only read what is in memory already. */
  private static final Set<String> NO_CALLS =
      Set.of("node", "spec", "canHold", "commands", "close", "facts", "toString", "hashCode");

  private final SwitchLab lab;
  private final SwitchPorts real;
  private final Deque<Fault> schedule;
  private final List<String> calls = new ArrayList<>();

  FaultyPorts(SwitchLab lab, SwitchPorts real, List<Fault> schedule) {
    this.lab = lab;
    this.real = real;
    this.schedule = new ArrayDeque<>(schedule);
  }

  /** What was called so far, in order. */
  List<String> calls() {
    return calls;
  }

  /** Whether every scheduled fault has happened. */
  boolean allHappened() {
    return schedule.isEmpty();
  }

  @Override
  public NodeSession connect(Node node, java.time.Duration lease, Consumer<Evidence> evidence) {
    Function<String, RuntimeException> failure =
        doing ->
            new NodeException(node, doing, "told to fail", NodeException.Action.WAIT_AND_RETRY);
    NodeSession session =
        call("connect " + node.role(), failure, () -> real.connect(node, lease, evidence));
    return proxy(
        NodeSession.class,
        session,
        node.role() + ".",
        failure,
        () -> lab.database.node(node.role()).endAllSessions());
  }

  @Override
  public RouteSession connect(RouteSpec spec, Plan plan, Consumer<Evidence> evidence) {
    Function<String, RuntimeException> failure =
        doing -> new RouteException(spec.name(), doing, "told to fail");
    RouteSession session = call("connect route", failure, () -> real.connect(spec, plan, evidence));
    return proxy(RouteSession.class, session, "route.", failure, () -> {});
  }

  @Override
  public Journal.Session journal(RunKey run, Consumer<Evidence> evidence) {
    Journal.Session session = real.journal(run, evidence);
    return proxy(Journal.Session.class, session, "journal.", FaultyPorts::journalFailure, () -> {});
  }

  private static RuntimeException journalFailure(String doing) {
    return new JournalException(doing + ": told to fail", new IOException("cut"), true);
  }

  @Override
  public Carriage carry(SwitchRequest request, Consumer<Evidence> evidence) {
    return real.carry(request, evidence);
  }

  @Override
  public StandingStream stream(Consumer<Evidence> evidence) {
    return real.stream(evidence);
  }

  @Override
  public ProbeConnection openProbe(SwitchRequest request, Endpoint at, Node like) {
    return real.openProbe(request, at, like);
  }

  @Override
  public void keep(RunKey run, List<Evidence> evidence) {
    call(
        "journal.keep",
        FaultyPorts::journalFailure,
        () -> {
          real.keep(run, evidence);
          return "";
        });
  }

  /** It reads only, many times; left out so that each call counts. */
  @Override
  public Optional<SwitchAttempt> rehearsal(SwitchAttempt attempt) {
    return Optional.empty();
  }

  @Override
  public boolean writes() {
    return true;
  }

  private interface Work<T> {
    T run() throws ReflectiveOperationException;
  }

  private <T> T proxy(
      Class<T> port,
      T behind,
      String name,
      Function<String, RuntimeException> failure,
      Runnable cut) {
    AtomicBoolean dead = new AtomicBoolean();
    Object proxy =
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (self, method, arguments) -> {
              if (NO_CALLS.contains(method.getName())) {
                return invoke(method, behind, arguments);
              }
              if (dead.get()) {
                throw failure.apply(method.getName() + " on a dead connection");
              }
              return call(
                  name + method.getName(),
                  doing -> {
                    if (doing.endsWith(LOST)) {
                      dead.set(true);
                      cut.run();
                    }
                    return failure.apply(doing);
                  },
                  () -> invoke(method, behind, arguments));
            });
    return port.cast(proxy);
  }

  private static final String LOST = ", answer lost";

  private <T> T call(String name, Function<String, RuntimeException> failure, Work<T> work) {
    lab.clientWrites();
    calls.add(name);
    Fault now = schedule.peek();
    if (now == null || now.call() != calls.size()) {
      return done(work);
    }
    schedule.remove();
    switch (now.kind()) {
      case KILLED -> {
        done(work);
        throw new Killed();
      }
      case FAILS -> throw failure.apply(name);
      case ANSWER_LOST -> {
        done(work);
        throw failure.apply(name + LOST);
      }
      case FROZEN -> {
        lab.time.advance(SwitchLab.LEASE);
        lab.endAllSessions();
        lab.time.advance(SwitchLab.LEASE);
        lab.clientWrites();
      }
      case OLD_WRITER_DIES -> lab.database.target().crash();
      case NEW_WRITER_DIES -> lab.database.source().crash();
    }
    return done(work);
  }

  private static <T> T done(Work<T> work) {
    try {
      return work.run();
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static Object invoke(Method method, Object behind, Object[] arguments)
      throws ReflectiveOperationException {
    try {
      return method.invoke(behind, arguments);
    } catch (InvocationTargetException thrown) {
      if (thrown.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (thrown.getCause() instanceof Error error) {
        throw error;
      }
      throw thrown;
    }
  }
}
