package dev.repli.postmortem;

import dev.repli.journal.Evidence.Decided;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.Journal;
import dev.repli.journal.JournalEntry;
import dev.repli.journal.ReportHtml;
import dev.repli.journal.ReportMarkdown;
import dev.repli.journal.Section;
import dev.repli.journal.Section.Block;
import dev.repli.journal.Shown;
import dev.repli.plan.PlanId;
import dev.repli.postmortem.PostMortem.State;
import dev.repli.rollback.Announcements;
import dev.repli.run.RunKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the draft, takes in what people write, and publishes what they accept. */
public final class WritePostMortem {
  private static final int LONGEST_CAUSE = 200;
  private static final String DRAFTED = "POST_MORTEM_DRAFTED";

  private final CollectStory stories;
  private final PostMortems kept;
  private final Journal journal;
  private final Clock clock;

  WritePostMortem(CollectStory stories, PostMortems kept, Journal journal, Clock clock) {
    this.stories = stories;
    this.kept = kept;
    this.journal = journal;
    this.clock = clock;
  }

  /**
   * Why this run may not write this post-mortem; empty when it may. Each rollback has one
   * post-mortem, and only its own run changes it. A dry run keeps nothing, so it may look at any.
   */
  public Optional<String> refusal(RunKey run, RunKey rollback, PlanId plan, boolean dryRun) {
    if (!stories.hasEnded(rollback, plan)) {
      return Optional.of(
          "a post-mortem is about a rollback of its plan that has ended; %s is none of %s"
              .formatted(rollback, plan));
    }
    return kept.find(rollback)
        .filter(any -> !dryRun && !any.run().equals(run))
        .map(
            any ->
                "the post-mortem of %s is written in run %s; go on there"
                    .formatted(rollback, any.run()));
  }

  /**
   * Makes a draft of what is known now. What people wrote already stays.
   *
   * @param dryRun nothing is kept
   * @return the measured times as a Markdown list, for the form
   */
  public String draft(RunKey run, RunKey rollback, boolean dryRun) {
    Instant begun = clock.instant();
    Story story = stories.of(rollback);
    if (!dryRun) {
      boolean written = kept.find(rollback).filter(any -> any.state() != State.DRAFT).isPresent();
      if (!written) {
        keep(run, rollback, story, State.DRAFT, "", Learned.NOTHING, draftedBy(begun));
      }
    }
    if (journal.newestMilestone(run, DRAFTED).isPresent()) {
      return times(story);
    }
    Duration took = Duration.between(begun, clock.instant());
    journal.append(
        run,
        new Milestone(
            DRAFTED,
            (dryRun ? "Would keep a draft" : "Draft made")
                + " of the post-mortem of "
                + rollback
                + " in "
                + Shown.duration(took),
            Map.of("rollback", rollback.value(), "tookMs", Long.toString(took.toMillis()))));
    return times(story);
  }

  private static String draftedBy(Instant at) {
    return "Draft, made by Repli at "
        + Shown.time(at)
        + ". Nobody has written or accepted it yet; what is not measured is called not known.";
  }

  private static String times(Story story) {
    StringBuilder list = new StringBuilder();
    Spans.of(story)
        .forEach(
            span ->
                list.append("- ")
                    .append(span.what())
                    .append(": **")
                    .append(Chapters.took(span))
                    .append("**\n"));
    return list.toString();
  }

  /** Somebody wrote it; the actions replace those of an earlier version. */
  public void written(
      RunKey run, RunKey rollback, String author, Learned learned, List<Action> actions) {
    kept.promise(rollback, actions);
    Instant now = clock.instant();
    String state =
        "Written by %s at %s; nobody has accepted it yet.".formatted(author, Shown.time(now));
    keep(run, rollback, stories.of(rollback), State.WRITTEN, author, learned, state);
    journal.append(
        run,
        new Milestone(
            "POST_MORTEM_WRITTEN",
            "Post-mortem of %s written by %s, with %d actions"
                .formatted(rollback, author, actions.size()),
            Map.of("by", author, "actions", Integer.toString(actions.size()))));
  }

  /**
   * Makes it final. Safe to repeat.
   *
   * @return how many actions were promised
   */
  public int publish(RunKey run, RunKey rollback) {
    PostMortem written =
        kept.find(rollback)
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "the post-mortem of " + rollback + " is not kept; draft it again"));
    List<Action> actions = kept.actions(rollback);
    String state =
        "Written by %s, accepted by %s at %s."
            .formatted(written.author(), acceptedBy(run), Shown.time(clock.instant()));
    if (written.state() != State.FINAL) {
      Story story = stories.of(rollback);
      keep(run, rollback, story, State.FINAL, written.author(), written.learned(), state);
    }
    if (journal.newestMilestone(run, "POST_MORTEM_PUBLISHED").isEmpty()) {
      String text =
          "Post-mortem of %s is published, with %d actions".formatted(rollback, actions.size());
      Map<String, String> facts = new HashMap<>();
      facts.put(Announcements.MESSAGE, "post-mortem-published");
      facts.put("rollback", rollback.value());
      facts.put("address", "/api/runs/" + rollback + "/post-mortem");
      journal.appendAll(
          run,
          List.of(
              new Milestone("POST_MORTEM_PUBLISHED", text, published(rollback, written.learned())),
              Announcements.announced(text, facts)));
    }
    return actions.size();
  }

  /** The register of releases reads the cause from here. */
  private static Map<String, String> published(RunKey rollback, Learned learned) {
    Map<String, String> facts = new HashMap<>(Map.of("rollback", rollback.value()));
    learned.whys().stream()
        .map(why -> why.replaceAll("\\s+", " ").strip())
        .filter(why -> !why.isEmpty())
        .reduce((before, after) -> after)
        .map(why -> why.length() > LONGEST_CAUSE ? why.substring(0, LONGEST_CAUSE) + "…" : why)
        .ifPresent(why -> facts.put("cause", why));
    return facts;
  }

  /** People are asked what follows. */
  public void failed(RunKey run, PostMortemStep step, String why) {
    journal.append(
        run,
        new Milestone(
            "STEP_FAILED",
            "Step %s of the post-mortem failed: %s".formatted(step, why),
            Map.of("step", step.name())));
  }

  private String acceptedBy(RunKey run) {
    return journal.read(run).stream()
        .map(JournalEntry::evidence)
        .filter(Decided.class::isInstance)
        .map(Decided.class::cast)
        .filter(decided -> decided.answer().equals("ACCEPT"))
        .map(Decided::who)
        .reduce((first, second) -> second)
        .orElse("nobody");
  }

  private void keep(
      RunKey run,
      RunKey rollback,
      Story story,
      State state,
      String author,
      Learned learned,
      String says) {
    List<Block> charts =
        Charts.of(story, kept.find(rollback).map(PostMortem::charts).orElse(Map.of()));
    List<Section> chapters = Chapters.of(story, says, learned, kept.actions(rollback), charts);
    String title = Chapters.title(story);
    kept.keep(
        new PostMortem(
            rollback,
            run,
            story.plan().id(),
            state,
            clock.instant(),
            author,
            learned,
            ReportMarkdown.render(title, chapters),
            ReportHtml.render(title, chapters),
            Charts.files(charts)));
  }
}
