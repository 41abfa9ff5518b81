package dev.repli.postmortem;

import dev.repli.communication.Message;
import dev.repli.journal.Report;
import dev.repli.journal.Section.Block;
import dev.repli.journal.Section.Sentence;
import dev.repli.journal.Section.Table;
import dev.repli.journal.Shown;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What happened one after the other, and what people were told. */
final class MessagesAndMoments {
  /** More than this nobody reads; the reports of the runs have all. */
  private static final int MOST = 400;

  private MessagesAndMoments() {}

  private record Row(Instant at, String who, String text) {}

  static List<Block> messages(Story story) {
    List<List<String>> rows = story.messages().stream().map(MessagesAndMoments::row).toList();
    if (rows.isEmpty()) {
      return List.of(new Sentence(silence(story)));
    }
    return newest(List.of("when", "what", "to", "over", "state", "delivered"), rows);
  }

  private static String silence(Story story) {
    return story.plan().communication().speaks()
        ? "No message of these runs was in the outbox when this was made."
        : "Repli told nobody anything: the plan has no channel.";
  }

  /** The end says how it went; what is missing before it is said. */
  private static List<Block> newest(List<String> head, List<List<String>> rows) {
    int missing = Math.max(0, rows.size() - MOST);
    Table table = new Table(head, rows.subList(missing, rows.size()));
    return missing == 0
        ? List.of(table)
        : List.of(new Sentence("The first %d rows are left out here.".formatted(missing)), table);
  }

  private static List<String> row(Message message) {
    return List.of(
        Shown.time(message.madeAt()),
        message.moment().word(),
        message.audience().name().toLowerCase(Locale.ROOT),
        message.channel(),
        message.state().name().toLowerCase(Locale.ROOT),
        message.endedAt().map(Shown::time).orElse("no"));
  }

  static List<Block> timeline(Story story) {
    List<Row> rows = new ArrayList<>();
    story
        .troubleSince()
        .ifPresent(at -> rows.add(new Row(at, "as reported", "the trouble begins")));
    story.incident().ifPresent(incident -> rows.addAll(moments(incident)));
    rows.addAll(moments(story.rollback()));
    rows.sort(Comparator.comparing(Row::at));
    List<List<String>> shown =
        rows.stream().map(row -> List.of(Shown.time(row.at()), row.who(), row.text())).toList();
    return newest(List.of("when", "who or what", "text"), shown);
  }

  /** Milestones have names in capitals; the numbers of each look stand in the report. */
  private static List<Row> moments(Report run) {
    Stream<Row> milestones =
        run.timeline().stream()
            .filter(moment -> moment.what().matches("[A-Z][A-Z_]+"))
            .filter(moment -> !moment.what().equals("STEP_LOOKED"))
            .map(moment -> new Row(moment.at(), moment.what(), moment.text()));
    Stream<Row> decisions =
        run.decisions().stream()
            .map(any -> new Row(any.at(), any.who(), any.question() + ": " + any.answer()));
    return Stream.concat(milestones, decisions).toList();
  }
}
