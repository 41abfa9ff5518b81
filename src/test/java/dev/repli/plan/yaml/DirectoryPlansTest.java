package dev.repli.plan.yaml;

import static dev.repli.plan.yaml.PlanTexts.GOOD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.repli.plan.Plan;
import dev.repli.plan.PlanId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class DirectoryPlansTest {
  private static final PlanId SHOP = new PlanId("shop");

  @TempDir Path directory;

  @Test
  void knowsThePlansOfItsDirectoryAndNotThoseBelow() throws IOException {
    write("shop.yaml", GOOD);
    write("notes.txt", "not a plan");
    Files.createDirectory(directory.resolve("examples"));
    write("examples/other.yaml", "not a plan");

    DirectoryPlans plans = plans();

    assertThat(plans.all()).extracting(Plan::id).containsExactly(SHOP);
    assertThat(plans.find(SHOP)).isPresent();
    assertThat(plans.find(new PlanId("other"))).isEmpty();
  }

  @Test
  void refusesToStartWithEverythingThatIsWrongInAnyFile() throws IOException {
    write("a.yaml", GOOD.replace("Shop", "no"));
    write("b.yaml", GOOD.replace("env:P1", "hunter2"));

    assertThatThrownBy(this::plans)
        .isInstanceOf(InvalidPlansException.class)
        .hasMessageContaining(directory.resolve("a.yaml") + ":2:8: title")
        .hasMessageContaining(directory.resolve("b.yaml") + ":6:36: source.account.password")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void refusesTwoPlansWithTheSameId() throws IOException {
    write("a.yaml", GOOD);
    write("b.yaml", "# copy\n" + GOOD);

    assertThatThrownBy(this::plans)
        .hasMessage(
            directory.resolve("b.yaml")
                + ":2:5: id is also the id of the plan in "
                + directory.resolve("a.yaml")
                + "; accepted: an id of its own");
  }

  @Test
  void refusesADirectoryThatWasNamedAndIsNotThere() {
    Path missing = directory.resolve("missing");

    assertThatThrownBy(
            () -> new DirectoryPlans(new PlanSettings(missing, directory), file -> List.of()))
        .hasMessageContaining(missing + ":1:1: the file is not a directory");
  }

  @Test
  void hasNoPlansWhereTheDefaultDirectoryIsMissing() {
    assertThat(new PlanSettings(Path.of("plans"), directory).mayBeMissing()).isTrue();
    assertThat(new PlanSettings(directory, directory.resolve("data")).mayBeMissing()).isFalse();
  }

  @Test
  void readsAChangedFileAtTheNextUse() throws IOException {
    write("shop.yaml", GOOD);
    DirectoryPlans plans = plans();

    write("shop.yaml", GOOD.replace("Shop", "A new title"));
    write("more.yaml", GOOD.replace("id: shop", "id: more"));

    assertThat(plans.find(SHOP)).map(Plan::title).contains("A new title");
    assertThat(plans.find(new PlanId("more"))).isPresent();
  }

  @Test
  void keepsTheLastGoodPlanWhileAChangedFileIsWrongAndSaysSoOnce() throws IOException {
    write("shop.yaml", GOOD);
    DirectoryPlans plans = plans();
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    Logger logger = (Logger) LoggerFactory.getLogger(DirectoryPlans.class);
    logger.addAppender(log);
    // a command under test in the same JVM may have switched logging off
    logger.setLevel(Level.INFO);

    write("shop.yaml", GOOD.replace("title: Shop", "titel: Shop"));

    assertThat(plans.find(SHOP)).map(Plan::title).contains("Shop");
    assertThat(plans.find(SHOP)).isPresent();
    logger.detachAppender(log);
    assertThat(
            log.list.stream()
                .map(ILoggingEvent::getFormattedMessage)
                .collect(Collectors.joining("\n")))
        .containsOnlyOnce("shop.yaml:2:1: titel is not a known key")
        .contains("the plan read before stays in use");

    write("shop.yaml", GOOD.replace("Shop", "Mended"));
    assertThat(plans.find(SHOP)).map(Plan::title).contains("Mended");
  }

  @Test
  void doesNotTakeAChangedFileWithTheIdOfAnotherPlan() throws IOException {
    write("a.yaml", GOOD);
    write("b.yaml", GOOD.replace("id: shop", "id: other"));
    DirectoryPlans plans = plans();

    write("b.yaml", GOOD.replace("Shop", "Impostor"));

    assertThat(plans.find(SHOP)).map(Plan::title).contains("Shop");
    assertThat(plans.find(new PlanId("other"))).isPresent();
  }

  @Test
  void doesNotTakeAChangedFileThatFailsTheCheckOfThisMachine() throws IOException {
    write("shop.yaml", GOOD);
    PlanError unresolved = new PlanError("f", Place.FILE, "cannot be used", "", "");
    DirectoryPlans plans =
        new DirectoryPlans(
            new PlanSettings(directory, directory.resolve("data")),
            file -> file.plan().title().equals("Shop") ? List.of() : List.of(unresolved));

    write("shop.yaml", GOOD.replace("Shop", "Longer title"));

    assertThat(plans.find(SHOP)).map(Plan::title).contains("Shop");
  }

  @Test
  void forgetsAPlanWhoseFileIsGone() throws IOException {
    write("shop.yaml", GOOD);
    DirectoryPlans plans = plans();

    Files.delete(directory.resolve("shop.yaml"));

    assertThat(plans.all()).isEmpty();
  }

  @Test
  void findsThePlanARunStartedWithAfterItsFileWasChangedAndRepliStartedAgain() throws IOException {
    write("shop.yaml", GOOD);
    Plan before = plans().find(SHOP).orElseThrow();
    write("shop.yaml", GOOD.replace("Shop", "Changed"));

    DirectoryPlans restarted = plans();

    assertThat(restarted.version(SHOP, before.contentHash())).contains(before);
    assertThat(restarted.find(SHOP)).map(Plan::title).contains("Changed");
    assertThat(restarted.version(new PlanId("other"), before.contentHash())).isEmpty();
    assertThat(restarted.version(SHOP, "0".repeat(64))).isEmpty();
  }

  @Test
  void findsThePlanARunStartedWithAfterItsFileIsGone() throws IOException {
    write("shop.yaml", GOOD);
    DirectoryPlans plans = plans();
    Plan before = plans.find(SHOP).orElseThrow();
    Files.delete(directory.resolve("shop.yaml"));

    assertThat(plans.all()).isEmpty();
    assertThat(plans.version(SHOP, before.contentHash())).contains(before);
  }

  @Test
  void doesNotTakeATamperedCopyForThePlanARunStartedWith() throws IOException {
    write("shop.yaml", GOOD);
    String hash = plans().find(SHOP).orElseThrow().contentHash();
    write("shop.yaml", GOOD.replace("Shop", "Changed"));
    write("data/plans/shop-" + hash + ".yaml", GOOD.replace("db1", "evil"));

    assertThat(plans().version(SHOP, hash)).isEmpty();
  }

  private DirectoryPlans plans() {
    return new DirectoryPlans(
        new PlanSettings(directory, directory.resolve("data")), file -> List.of());
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(directory.resolve(name), text);
  }
}
