package dev.repli.logical;

import dev.repli.database.NodeSession;
import dev.repli.database.Position;
import dev.repli.delta.DeltaCounts;
import dev.repli.delta.DeltaFileException;
import dev.repli.delta.DeltaFiles;
import dev.repli.delta.DeltaFiles.Check;
import dev.repli.delta.DeltaOrigin;
import dev.repli.delta.DeltaServer;
import dev.repli.delta.DeltaSource;
import dev.repli.delta.DeltaTable;
import dev.repli.delta.ExtractDelta;
import dev.repli.delta.InTheWayException;
import dev.repli.delta.LogGoneException;
import dev.repli.delta.Place;
import dev.repli.logical.EarlierImports.Earlier;
import dev.repli.longwork.WorkLostException;
import dev.repli.longwork.WorkWatch;
import dev.repli.plan.Plan;
import dev.repli.rollback.AbandonedTables;
import dev.repli.rollback.Looks;
import dev.repli.run.RunKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** The files of a run's delta, each of which goes on where the one before it ends. */
final class DeltaRounds {
  private final Looks looks;
  private final DeltaSource source;
  private final ExtractDelta extract;
  private final DeltaFiles format;
  private final CarriedJournal journal;
  private final CutoverMark mark;
  private final FoundByTime byTime;
  private final EarlierImports earlier;
  private final PaceClock pace;
  private final Path root;

  /** A finished file never changes, and looking at one reads it. */
  private final Map<Path, Check.Sound> known = new ConcurrentHashMap<>();

  /**
   * @param root where files are kept: a folder for each plan, in it one for each run
   */
  DeltaRounds(
      Looks looks,
      DeltaSource source,
      DeltaFiles format,
      CarriedJournal journal,
      CutoverMark mark,
      FoundByTime byTime,
      EarlierImports earlier,
      PaceClock pace,
      Path root) {
    this.looks = looks;
    this.source = source;
    this.extract = new ExtractDelta(source, format);
    this.format = format;
    this.journal = journal;
    this.mark = mark;
    this.byTime = byTime;
    this.earlier = earlier;
    this.pace = pace;
    this.root = root;
  }

  DeltaFiles format() {
    return format;
  }

  /** Finished ones in their order. */
  List<Path> files(Plan plan, RunKey run) {
    return new DeltaFolder(root, plan, run).finished();
  }

  /** Where each of the files ends. */
  List<Position> ends(Plan plan, RunKey run) {
    return files(plan, run).stream().map(file -> sound(file).end().position()).toList();
  }

  /** Rows changed, by table. */
  Map<String, DeltaCounts.Table> tables(Plan plan, RunKey run) {
    Map<String, DeltaCounts.Table> all = new TreeMap<>();
    for (Path file : files(plan, run)) {
      all = CarriedCounts.add(all, sound(file).counts().tables());
    }
    return all;
  }

  /** Each table with changes, as it was at its last one. */
  Collection<DeltaTable> shapes(Plan plan, RunKey run) {
    Map<String, DeltaTable> shapes = new TreeMap<>();
    for (Path file : files(plan, run)) {
      sound(file).tables().forEach(table -> shapes.put(table.fullName(), table));
    }
    return shapes.values();
  }

  long rows(Plan plan, RunKey run) {
    return CarriedCounts.rows(tables(plan, run));
  }

  /** Up to what the target has by now; why it stopped before. */
  Optional<String> extractToNow(RunKey run, Plan plan, WorkWatch watch) {
    Position now;
    try (NodeSession session = looks.connect(plan, plan.target())) {
      now = session.position();
    }
    return extractTo(run, plan, now, watch);
  }

  /** Why it stopped before; empty when the files go up to there. */
  Optional<String> extractTo(RunKey run, Plan plan, Position to, WorkWatch watch) {
    Optional<String> inTheWay = statementAtTheEnd(plan, run);
    if (inTheWay.isPresent()) {
      return inTheWay.map(CarryDelta::stopped);
    }
    Place from = end(plan, run).orElseGet(() -> begin(run, plan));
    if (from.position().equals(to)) {
      return Optional.empty();
    }
    Path next = new DeltaFolder(root, plan, run).next();
    if (files(plan, run).isEmpty()) {
      if (logIsGone(plan, from)) {
        Optional<String> obstacle = byTime.obstacle(run);
        if (obstacle.isEmpty()) {
          byTime.extract(run, plan, origin(run, plan, from, next, false), next, watch);
        }
        return obstacle;
      }
      journal.missing().logIsBack(run);
    }
    boolean begunBefore = Files.exists(DeltaFolder.unfinished(next));
    long begun = pace.begin();
    ExtractDelta.Result result;
    try {
      result =
          extract.extract(
              plan.target(),
              origin(run, plan, from, next, true),
              Set.copyOf(AbandonedTables.of(plan)),
              to,
              next,
              new ReadingWatch(run, journal.missing(), watch, from.position(), to));
    } catch (InTheWayException unreadable) {
      new UnreadableInLog(journal.journal()).met(run, unreadable);
      return Optional.of(StatementInTheWay.unreadable(String.valueOf(unreadable.getMessage())));
    }
    if (result instanceof ExtractDelta.Result.Interrupted interrupted) {
      throw new WorkLostException("reading was ended at " + interrupted.reached());
    }
    if (result instanceof ExtractDelta.Result.Stopped stopped) {
      journal.stopped(run, stopped.statement(), stopped.file());
      return Optional.of(CarryDelta.stopped(StatementInTheWay.words(stopped.statement())));
    }
    ExtractDelta.Result.Extracted done = (ExtractDelta.Result.Extracted) result;
    if (!begunBefore) {
      pace.read(run, plan, from.position(), done, begun);
    }
    journal.extracted(run, from, done);
    return Optional.empty();
  }

  /** A kill, or a database that is away, comes between a finished file and the word of it. */
  void journalLast(RunKey run, Plan plan) {
    List<Path> files = files(plan, run);
    Path last = files.get(files.size() - 1);
    Check.Sound file = sound(last);
    file.stopped()
        .ifPresentOrElse(
            statement -> journal.stopped(run, statement, last),
            () ->
                journal.extracted(
                    run, file.origin().from(), file.end(), last, file.counts().rows()));
  }

  /** The statement that the files end in front of; empty when nothing is in the way so far. */
  Optional<String> statementAtTheEnd(Plan plan, RunKey run) {
    Optional<Position> end = end(plan, run).map(Place::position);
    return journal
        .stopped(run)
        .filter(stop -> end.equals(Optional.of(stop.before())))
        .map(CarriedJournal.Stop::statement);
  }

  /**
   * Before anything is imported, and after replication was stopped: what it has brought to the
   * source since the files were begun must not be in them.
   */
  void beginWhereTheSourceStands(Plan plan, RunKey run) {
    List<Path> files = files(plan, run);
    if (files.isEmpty() || !sound(files.get(0)).origin().complete()) {
      return;
    }
    Position at = stand(plan).at();
    if (at.equals(sound(files.get(0)).origin().from().position())) {
      return;
    }
    journal.begunAgain(run, at);
    for (int last = files.size() - 1; last >= 0; last--) {
      delete(files.get(last));
    }
  }

  private void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException("deleting " + file, e);
    }
    known.remove(file);
  }

  /** Whether the first file here begins where the first of all that the run wrote begins. */
  boolean fromTheBeginning(Plan plan, RunKey run) {
    return files(plan, run).stream()
        .findFirst()
        .map(first -> sound(first).origin().from().position())
        .equals(journal.begun(run));
  }

  /** Whether the first file has what time columns tell instead of the binary log. */
  boolean foundByTime(Plan plan, RunKey run) {
    return files(plan, run).stream()
        .findFirst()
        .filter(first -> !sound(first).origin().complete())
        .isPresent();
  }

  private boolean logIsGone(Plan plan, Place from) {
    try {
      source.requireLog(plan.target(), from.position());
      return false;
    } catch (LogGoneException gone) {
      return true;
    }
  }

  private DeltaOrigin origin(RunKey run, Plan plan, Place from, Path file, boolean complete) {
    DeltaServer server = source.server(plan.target());
    return new DeltaOrigin(
        run + "/" + file.getFileName(),
        plan.id().value(),
        plan.target().label(),
        server.id(),
        server.uuid(),
        server.version(),
        from,
        Set.of(),
        complete);
  }

  /** Where the source stands is where the target's further history begins. */
  private Place begin(RunKey run, Plan plan) {
    try (NodeSession session = looks.connect(plan, plan.source())) {
      List<Earlier> imports = earlier.of(plan, session);
      List<String> missing =
          earlier.leftOut(imports.stream().filter(one -> !one.isOf(run)).toList());
      if (!missing.isEmpty()) {
        journal.missing().say(run, EarlierImports.LEFT_OUT + String.join("; ", missing), Map.of());
      }
      return new Place(SourceStand.of(session, plan, mark, imports).at(), "", 0);
    }
  }

  private SourceStand stand(Plan plan) {
    try (NodeSession session = looks.connect(plan, plan.source())) {
      return SourceStand.of(session, plan, mark, earlier.of(plan, session));
    }
  }

  private Optional<Place> end(Plan plan, RunKey run) {
    List<Path> finished = files(plan, run);
    return finished.isEmpty()
        ? Optional.empty()
        : Optional.of(sound(finished.get(finished.size() - 1)).end());
  }

  private Check.Sound sound(Path file) {
    return known.computeIfAbsent(
        file,
        path -> {
          Check check = format.check(path, Optional.empty());
          if (check instanceof Check.Refused refused) {
            throw new DeltaFileException(refused.why());
          }
          return (Check.Sound) check;
        });
  }
}
