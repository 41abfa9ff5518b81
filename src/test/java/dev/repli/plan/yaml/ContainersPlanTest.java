package dev.repli.plan.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.repli.plan.CommunicationRules;
import dev.repli.plan.CommunicationRules.MailServer;
import dev.repli.plan.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The plan of the containers is a good one, and what it sends stays among them. */
class ContainersPlanTest {
  @TempDir Path directory;

  /** Nobody outside gets a mail from a try. */
  @Test
  void sendsEveryMessageIntoTheMailBoxBesideIt() throws IOException {
    CommunicationRules rules = plan().communication();

    assertThat(rules.channels())
        .isNotEmpty()
        .allMatch(channel -> channel.type() == CommunicationRules.Type.MAIL);
    MailServer mail = rules.mail().orElseThrow();
    assertThat(service(mail.host()).path("image").asText()).contains("mailpit");
    assertThat(mail.port()).isEqualTo(1025);
  }

  private Plan plan() {
    List<Plan> plans =
        new DirectoryPlans(
                new PlanSettings(Path.of("docker/repli/plans"), directory), file -> List.of())
            .all();
    assertThat(plans).hasSize(1);
    return plans.get(0);
  }

  private static JsonNode service(String name) throws IOException {
    String text = Files.readString(Path.of("docker/compose.yaml"));
    Object compose = new Load(LoadSettings.builder().build()).loadFromString(text);
    return new ObjectMapper().valueToTree(compose).path("services").path(name);
  }
}
