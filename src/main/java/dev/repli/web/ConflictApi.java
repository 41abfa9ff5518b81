package dev.repli.web;

import dev.repli.database.NodeException;
import dev.repli.delta.conflict.Answer;
import dev.repli.delta.conflict.CaseBook;
import dev.repli.delta.conflict.ConflictCase;
import dev.repli.delta.conflict.ConflictDesk;
import dev.repli.delta.conflict.DecisionOutcome;
import dev.repli.delta.conflict.HeldGroup;
import dev.repli.delta.conflict.HeldGroups.State;
import dev.repli.delta.conflict.HeldGroups.TableCount;
import dev.repli.delta.conflict.Proposal;
import dev.repli.delta.conflict.Proposal.Base;
import dev.repli.run.RunKey;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Conflicts of a run's import: looked at, tried out and decided. */
@RestController
final class ConflictApi {
  private static final int PAGE = 20;
  private static final int LARGEST_PAGE = 100;

  private final CaseBook book;
  private final ConflictDesk desk;
  private final WriteRequests requests;

  ConflictApi(CaseBook book, ConflictDesk desk, WriteRequests requests) {
    this.book = book;
    this.desk = desk;
    this.requests = requests;
  }

  /**
   * Open conflicts.
   *
   * @param next to be given as {@code after}; empty on the last page
   */
  record Page(
      String importId,
      List<TableCount> tables,
      List<ConflictView> conflicts,
      Optional<Long> next) {}

  /** Decided ones, without their rows. */
  record DecidedPage(
      String importId, List<TableCount> tables, List<DecidedView> conflicts, Optional<Long> next) {}

  /** Who decided what about a conflict. */
  record DecidedView(
      long group,
      String table,
      long changes,
      String error,
      String decision,
      String decidedBy,
      String rule,
      Instant decidedAt) {
    static DecidedView of(HeldGroup group) {
      var decision = group.decision().orElseThrow();
      return new DecidedView(
          group.group(),
          group.table(),
          group.changes(),
          group.error(),
          decision.answer().word(),
          decision.who(),
          decision.rule(),
          decision.at());
    }
  }

  @GetMapping("/api/runs/{key}/conflicts")
  Object page(@PathVariable String key, HttpServletRequest request) {
    Params.only(request, "state", "table", "after", "limit");
    ConflictCase about = known(key);
    int limit = Params.number(request, "limit", PAGE, LARGEST_PAGE);
    long after = Params.after(request);
    Optional<String> table = Optional.ofNullable(request.getParameter("table"));
    String state = Optional.ofNullable(request.getParameter("state")).orElse("open");
    return switch (state) {
      case "open" -> open(about, table, after, limit);
      case "resolved" -> decided(about, State.RESOLVED, table, after, limit);
      case "dead-lettered" -> decided(about, State.DEAD_LETTERED, table, after, limit);
      default -> throw Params.wrong("state is open, resolved or dead-lettered");
    };
  }

  private Page open(ConflictCase about, Optional<String> table, long after, int limit) {
    List<ConflictView> page =
        asked(() -> desk.page(about, table, after, limit)).stream().map(ConflictView::of).toList();
    Optional<Long> next =
        page.size() < limit ? Optional.empty() : Optional.of(page.get(page.size() - 1).group());
    return new Page(about.id().value(), desk.tables(about), page, next);
  }

  private DecidedPage decided(
      ConflictCase about, State state, Optional<String> table, long after, int limit) {
    List<HeldGroup> page = desk.decided(about, state, table, after, limit);
    Optional<Long> next =
        page.size() < limit ? Optional.empty() : Optional.of(page.get(page.size() - 1).group());
    return new DecidedPage(
        about.id().value(), desk.tables(about), page.stream().map(DecidedView::of).toList(), next);
  }

  @GetMapping("/api/runs/{key}/conflicts/{group}")
  ConflictView one(@PathVariable String key, @PathVariable String group, HttpServletRequest r) {
    Params.only(r);
    ConflictCase about = known(key);
    long number = group(group);
    return asked(() -> desk.one(about, number))
        .map(ConflictView::of)
        .orElseThrow(() -> unknown(number));
  }

  @PostMapping("/api/runs/{key}/conflicts/{group}/preview")
  ConflictDesk.Preview preview(
      @PathVariable String key, @PathVariable String group, HttpServletRequest request) {
    Params.only(request);
    ConflictCase about = known(key);
    long number = group(group);
    Proposal proposal = proposal(requests.json(request));
    return asked(() -> desk.preview(about, number, proposal)).orElseThrow(() -> unknown(number));
  }

  @PostMapping("/api/runs/{key}/conflicts/{group}/decision")
  Map<String, Object> decide(
      @PathVariable String key, @PathVariable String group, HttpServletRequest request) {
    Params.only(request);
    ConflictCase about = known(key);
    long number = group(group);
    Fields fields = requests.json(request);
    Optional<String> seen = fields.text("seen", 64, true);
    Optional<String> reason = fields.text("reason", 500, false);
    Proposal proposal = proposal(fields);
    return answer(
        asked(
            () ->
                desk.decide(
                    about,
                    number,
                    proposal,
                    Fields.checked(seen),
                    Caller.of(request),
                    reason.orElse(""))),
        number);
  }

  private static Proposal proposal(Fields fields) {
    Optional<String> word = fields.text("decision", 20, true);
    Optional<Base> base = fields.choice("base", Base.class, false);
    Map<String, Optional<String>> values = fields.texts("values");
    Optional<Answer> answer =
        List.of(Answer.values()).stream()
            .filter(one -> word.filter(one.word()::equals).isPresent())
            .findFirst();
    if (word.isPresent() && answer.isEmpty()) {
      fields.wrong("decision", "must be one of take-source, take-target, edit, dead-letter");
    }
    fields.refuseIfWrong();
    return switch (Fields.checked(answer)) {
      case TAKE_SOURCE -> new Proposal.TakeSource();
      case TAKE_TARGET -> new Proposal.TakeTarget();
      case DEAD_LETTER -> new Proposal.KeepAsDeadLetter();
      case EDIT -> new Proposal.Edit(base.orElse(Base.TARGET), values);
    };
  }

  private static Map<String, Object> answer(DecisionOutcome outcome, long group) {
    if (outcome instanceof DecisionOutcome.Done done) {
      return Map.of(
          "group", group, "decision", done.decision().answer().word(), "rowsWritten", done.rows());
    }
    if (outcome instanceof DecisionOutcome.Changed changed) {
      throw Problem.of(
              HttpStatus.CONFLICT,
              "row-changed",
              "The row or its held changes are others than you saw. Nothing was done; look again.")
          .with("conflict", ConflictView.of(changed.now()));
    }
    if (outcome instanceof DecisionOutcome.AlreadyDecided known) {
      throw Problem.of(
          HttpStatus.CONFLICT,
          "already-decided",
          "%s has decided this already: %s."
              .formatted(known.decision().who(), known.decision().answer().word()));
    }
    if (outcome instanceof DecisionOutcome.Refused refused) {
      throw Problem.of(
          HttpStatus.UNPROCESSABLE_ENTITY,
          "refused-by-node",
          "The node refuses the row, nothing was done: " + refused.error());
    }
    if (outcome instanceof DecisionOutcome.Invalid invalid) {
      throw Problem.of(
              HttpStatus.UNPROCESSABLE_ENTITY,
              "invalid-decision",
              "Nothing was done, because " + String.join("; ", invalid.reasons()) + ".")
          .with("reasons", invalid.reasons());
    }
    throw unknown(group);
  }

  /** What the node says is for people; how it was asked stands in the log. */
  private static <T> T asked(Supplier<T> question) {
    try {
      return question.get();
    } catch (NodeException e) {
      throw Problem.of(
          HttpStatus.SERVICE_UNAVAILABLE, "node-failed", String.valueOf(e.getMessage()));
    }
  }

  private ConflictCase known(String key) {
    RunKey run = Params.runKey(key);
    return book.of(run)
        .orElseThrow(
            () ->
                Problem.of(
                    HttpStatus.NOT_FOUND,
                    "no-conflicts",
                    "Run " + run + " has no import whose conflicts are decided."));
  }

  private static long group(String text) {
    if (!text.matches("[1-9][0-9]{0,17}")) {
      throw Problem.of(
          HttpStatus.NOT_FOUND, "no-such-conflict", "A conflict is named by a number.");
    }
    return Long.parseLong(text);
  }

  private static Problem unknown(long group) {
    return Problem.of(
        HttpStatus.NOT_FOUND,
        "no-such-conflict",
        "No conflict " + group + " waits for a decision.");
  }
}
