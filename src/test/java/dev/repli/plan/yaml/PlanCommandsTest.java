package dev.repli.plan.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.command.Command;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanCommandsTest {
  @TempDir Path directory;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  @Test
  void areFoundByName() {
    assertThat(Command.named("plan-check")).containsInstanceOf(PlanCheckCommand.class);
    assertThat(Command.named("plan-schema")).containsInstanceOf(PlanSchemaCommand.class);
    assertThat(Command.named("nothing")).isEmpty();
  }

  @Test
  void checkEndsWithZeroForGoodPlans() {
    int status =
        new PlanCheckCommand(out)
            .run(List.of(ExamplePlansTest.SHOP.toString(), ExamplePlansTest.BILLING.toString()));

    assertThat(status).isZero();
    assertThat(said()).contains("good; plan shop, content ").contains("good; plan billing");
  }

  @Test
  void checkEndsWithOneAndSaysEverythingForABadPlan() throws IOException {
    Path bad =
        Files.writeString(
            directory.resolve("bad.yaml"), PlanTexts.GOOD.replace("id: shop", "id: S"));

    int status =
        new PlanCheckCommand(out).run(List.of(bad.toString(), ExamplePlansTest.BILLING.toString()));

    assertThat(status).isOne();
    assertThat(said()).startsWith(bad + ":1:5: id is \"S\"").contains("good; plan billing");
  }

  @Test
  void checkWithoutAFileExplainsItself() {
    assertThat(new PlanCheckCommand(out).run(List.of())).isEqualTo(2);
    assertThat(said()).startsWith("usage: plan-check FILE");
  }

  @Test
  void schemaIsWrittenIntoTheFile() {
    Path file = directory.resolve("schema.json");

    assertThat(new PlanSchemaCommand(out).run(List.of(file.toString()))).isZero();
    assertThat(file).hasContent(PlanSchema.json());
    assertThat(new PlanSchemaCommand(out).run(List.of())).isEqualTo(2);
    assertThat(new PlanSchemaCommand(out).run(List.of(directory + "/no/file"))).isOne();
  }

  private String said() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
