package dev.repli.engine.hardening;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How a refusal names what it is about. */
class FormLabelsTest {
  private static final String FORM =
      """
      {"components": [
        {"type": "text", "text": "facts"},
        {"type": "group", "label": "More", "components": [
          {"key": "cutoverReason", "label": " Why? "}, {"key": "bare"}]},
        {"key": "cutoverAnswer", "label": "Go?", "values": [{"label": "No", "value": "NO_GO"}]}]}
      """;
  private final FormLabels labels =
      new FormLabels(
          () -> Optional.of(new ByteArrayInputStream(FORM.getBytes(StandardCharsets.UTF_8))));

  @Test
  void saysWhatThePersonSeesAndTheKey() {
    assertThat(labels.field("cutoverReason")).isEqualTo("\"Why?\" (cutoverReason)");
    assertThat(labels.option("cutoverAnswer", "NO_GO")).isEqualTo("\"No\" (NO_GO)");
  }

  @Test
  void saysTheKeyWhereTheFormHasNoLabelOrThereIsNoForm() {
    assertThat(labels.field("bare")).isEqualTo("bare");
    assertThat(labels.field("other")).isEqualTo("other");
    assertThat(labels.option("cutoverAnswer", "MAYBE")).isEqualTo("MAYBE");
    assertThat(new FormLabels(Optional::empty).field("cutoverReason")).isEqualTo("cutoverReason");
    assertThat(new FormLabels(Optional::empty).option("cutoverAnswer", "NO_GO")).isEqualTo("NO_GO");
  }
}
