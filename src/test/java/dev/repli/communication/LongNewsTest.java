package dev.repli.communication;

import static dev.repli.communication.MessageWorld.channel;
import static dev.repli.communication.MessageWorld.rules;
import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.communication.Delivery.Result;
import dev.repli.plan.CommunicationRules;
import dev.repli.plan.CommunicationRules.Audience;
import dev.repli.plan.PlanId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is more than a channel takes at once is told all the same. */
class LongNewsTest {
  private static final Pattern NUMBER = Pattern.compile("line (\\d+):");
  private static final Duration ROUND = Duration.ofMillis(500);
  private final MessageWorld world = MessageWorld.withWarRoomAndCall();

  @BeforeEach
  void begin() {
    world.start("RollbackProcess", false, Map.of());
    world.tick();
    world.texts.clear();
    world.clock.pass(Duration.ofMinutes(2));
    world.longest = 1_000;
  }

  private void lines(int from, int to) {
    for (int i = from; i < to; i++) {
      world.note("STEP_BEGUN", "line " + i + ": " + "x".repeat(150), Map.of());
    }
    world.correspondent.tick();
  }

  private List<Delivery.Text> told() {
    return told(world, "technical");
  }

  private static List<Delivery.Text> told(MessageWorld world, String audience) {
    return world.texts.stream().filter(text -> text.audience().equals(audience)).toList();
  }

  private static List<Integer> numbers(List<Delivery.Text> texts) {
    return texts.stream()
        .flatMap(text -> NUMBER.matcher(text.body()).results())
        .map((MatchResult found) -> Integer.valueOf(found.group(1)))
        .toList();
  }

  private static List<Integer> upTo(int end) {
    return IntStream.range(0, end).boxed().toList();
  }

  @Test
  void tellsEachPieceOnceInItsOrder() {
    lines(0, 40);
    for (int i = 0; i < 600; i++) {
      world.postman.tick();
      world.clock.pass(ROUND);
    }

    assertThat(numbers(told())).isEqualTo(upTo(40));
    assertThat(told()).hasSizeGreaterThan(5).extracting(Delivery.Text::key).doesNotHaveDuplicates();
    assertThat(told()).allSatisfy(text -> assertThat(text.body()).hasSizeLessThan(1_001));
    assertThat(world.kept()).hasSize(41).allMatch(kept -> kept.endsWith("SENT"));
  }

  @Test
  void keepsWhatDoesNotFitWaiting() {
    lines(0, 10);
    world.postman.tick();

    List<Integer> first = numbers(told());
    assertThat(first).hasSizeBetween(1, 9).isEqualTo(upTo(first.size()));
    assertThat(world.kept().stream().filter(kept -> kept.endsWith("DUE")))
        .hasSize(10 - first.size());
  }

  @Test
  void staysAtThreeInTheFirstMinuteHoweverMuchWaits() {
    lines(0, 300);
    for (Duration at = Duration.ZERO;
        at.compareTo(Duration.ofMinutes(1)) < 0;
        at = at.plus(ROUND)) {
      world.postman.tick();
      world.clock.pass(ROUND);
    }

    assertThat(told()).hasSize(Restraint.MOST);
  }

  @Test
  void triesAgainExactlyWhatItTriedAndThenTellsTheRest() {
    world.answers.put("war-room", new Result.TryLater("no answer", Optional.empty()));
    lines(0, 10);
    world.postman.tick();
    lines(10, 12);
    world.clock.pass(Duration.ofSeconds(5));
    world.postman.tick();
    world.answers.clear();
    for (int i = 0; i < 200; i++) {
      world.clock.pass(ROUND);
      world.postman.tick();
    }

    Delivery.Text first = told().get(0);
    assertThat(told().subList(0, 3)).containsOnly(first);
    assertThat(numbers(told().subList(2, told().size()))).isEqualTo(upTo(12));
  }

  /** It had taken all that waited, and told the beginning. */
  @Test
  void triesAgainExactlyWhatADeadOneMayHaveTold() {
    world.answers.put("war-room", new Result.TryLater("no answer", Optional.empty()));
    lines(0, 10);
    world.postman.tick();
    world.clock.pass(Duration.ofSeconds(5));
    Outbox.Address warRoom = new Outbox.Address(new PlanId("shop"), "war-room");
    world.outbox.claim(
        warRoom, "dead", world.clock.instant(), world.clock.instant().plusSeconds(40), 200);
    lines(10, 12);
    world.clock.pass(Duration.ofSeconds(41));
    world.answers.clear();
    Postman two = world.postman("two");
    for (int i = 0; i < 200; i++) {
      two.tick();
      world.clock.pass(ROUND);
    }

    assertThat(told().get(1)).isEqualTo(told().get(0));
    assertThat(numbers(told().subList(1, told().size()))).isEqualTo(upTo(12));
  }

  @Test
  void putsTheWeightiestOfEachDeliveryOnTopOfIt() {
    lines(0, 8);
    world.announce("rollback-running");
    world.correspondent.tick();
    for (int i = 0; i < 10; i++) {
      world.postman.tick();
      world.clock.pass(ROUND);
    }

    assertThat(told())
        .extracting(Delivery.Text::moment)
        .containsExactly("step", "rollback-running");
    assertThat(told().get(1).subject()).isEqualTo("rollback-running");
    assertThat(told().get(1).body()).contains("line 7", "text of rollback-running");
  }

  @Test
  void cutsOneThatIsTooLongByItselfAndSaysWhereItStandsWhole() {
    world.longest = 100;
    lines(0, 1);
    world.note("STEP_BEGUN", "short", Map.of());
    world.correspondent.tick();
    world.postman.tick();
    world.clock.pass(ROUND);
    world.postman.tick();

    assertThat(told()).hasSize(2);
    assertThat(told().get(0).body())
        .hasSize(100)
        .startsWith("line 0: xxx")
        .endsWith("\n[… cut here; the whole text: GET /api/runs/inc-1/messages]");
    assertThat(told().get(1).body()).isEqualTo("short");
  }

  @Test
  void namesNoRunToUsersWhereItCuts() {
    MessageWorld shop =
        new MessageWorld(
            rules(
                "Online shop",
                channel("status-mail", CommunicationRules.Type.MAIL, Audience.USERS)));
    shop.longest = 40;
    shop.outbox.put(
        Message.fresh(
            "key",
            new PlanId("shop"),
            "inc-1",
            "status-mail",
            Audience.USERS,
            Moment.CUTOVER_BEGUN,
            Map.of("text", "y".repeat(41)),
            Message.State.DUE,
            shop.clock.instant()));
    shop.postman.tick();

    assertThat(told(shop, "users"))
        .singleElement()
        .satisfies(
            text ->
                assertThat(text.body())
                    .endsWith("y\n[… cut here; the whole text: /status]")
                    .doesNotContain("inc-1"));
  }

  @Test
  void tellsAPagerAllOfAPageInItsOrder() {
    world.answers.put("call", new Result.TryLater("no answer", Optional.empty()));
    world.announceAndDeliver("rollback-running");
    world.answers.clear();
    for (int i = 0; i < 3; i++) {
      world.note(
          "ANNOUNCED", "line " + i + ": " + "z".repeat(400), Map.of("message", "step-stands"));
    }
    world.announce("rollback-done");
    world.correspondent.tick();
    for (int i = 0; i < 20; i++) {
      world.clock.pass(ROUND);
      world.postman.tick();
    }

    List<Delivery.Text> paged = told(world, "management");
    assertThat(numbers(paged)).isEqualTo(upTo(3));
    assertThat(paged.get(paged.size() - 1).resolves()).isTrue();
    assertThat(paged.subList(0, paged.size() - 1)).noneMatch(Delivery.Text::resolves);
  }
}
