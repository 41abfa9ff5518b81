package dev.repli.communication.wording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.communication.Moment;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.InMemoryJournal;
import dev.repli.plan.CommunicationRules.Audience;
import dev.repli.rollback.Losses;
import dev.repli.run.RunKey;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Everybody but the users reads how much did not come along; the users read that some may be. */
class LossesInWordsTest {
  private static final RunKey RUN = new RunKey("back-1");

  private static String closing(Audience audience, Locale locale, String abandoned) {
    InMemoryJournal journal = new InMemoryJournal();
    journal.append(RUN, new Milestone("DELTA_CARRIED", "carried", Map.of("abandoned", abandoned)));
    Map<String, String> facts = new HashMap<>(new Losses(journal).facts(RUN));
    facts.put("title", "Shop");
    facts.put("service", "Shop");
    facts.put("run", RUN.value());
    return new MustacheWording().words(Moment.ROLLBACK_DONE, audience, locale, facts).body();
  }

  @ParameterizedTest
  @EnumSource(value = Audience.class, mode = EnumSource.Mode.EXCLUDE, names = "USERS")
  void saysHowManyRowsWereAbandoned(Audience audience) {
    assertThat(closing(audience, Locale.ENGLISH, "120"))
        .contains("Data lost: 120 writes")
        .doesNotContain("none");
    assertThat(closing(audience, Locale.FRENCH, "120"))
        .contains("Données perdues : 120 écritures")
        .doesNotContain("aucune");
  }

  @ParameterizedTest
  @EnumSource(value = Audience.class, mode = EnumSource.Mode.EXCLUDE, names = "USERS")
  void saysThatNothingWasLost(Audience audience) {
    assertThat(closing(audience, Locale.ENGLISH, "0")).contains("Data lost: none");
    assertThat(closing(audience, Locale.FRENCH, "0")).contains("Données perdues : aucune");
  }
}
