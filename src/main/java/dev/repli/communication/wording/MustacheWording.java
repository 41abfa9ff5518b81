package dev.repli.communication.wording;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import dev.repli.communication.Moment;
import dev.repli.communication.PublicFacts;
import dev.repli.communication.Wording;
import dev.repli.plan.CommunicationRules.Audience;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Templates of {@code messages/}: the first line is the subject. A fact is put in as it is and
 * never read as a template; the channel escapes the whole text.
 */
@Component
class MustacheWording implements Wording {
  private final Mustache.Compiler compiler =
      Mustache.compiler().escapeHTML(false).emptyStringIsFalse(true).defaultValue("");
  private final Map<String, Optional<Template>> templates = new ConcurrentHashMap<>();

  @Override
  public Words words(Moment moment, Audience audience, Locale locale, Map<String, String> facts) {
    Map<String, String> open = audience == Audience.USERS ? PublicFacts.of(facts) : facts;
    String text =
        template(moment, audience, locale)
            .execute(FactWords.of(open, locale))
            .replaceAll("\n{3,}", "\n\n");
    int end = text.indexOf('\n');
    return new Words(text.substring(0, end).strip(), lines(text.substring(end)));
  }

  /** A line whose facts are all missing is empty, and left out. */
  private static String lines(String body) {
    return body.strip().replaceAll("\n\\s*\n", "\n");
  }

  private Template template(Moment moment, Audience audience, Locale locale) {
    String special = moment.word() + "." + audience.name().toLowerCase(Locale.ROOT);
    String folder = locale.getLanguage().equals("fr") ? "fr/" : "en/";
    return find(folder + special)
        .or(() -> find(folder + moment.word()))
        .orElseThrow(() -> new IllegalStateException("no template " + folder + moment.word()));
  }

  private Optional<Template> find(String name) {
    return templates.computeIfAbsent(name, this::load);
  }

  private Optional<Template> load(String name) {
    try (@Nullable InputStream file =
        MustacheWording.class.getResourceAsStream("/messages/" + name + ".mustache")) {
      return file == null
          ? Optional.empty()
          : Optional.of(compiler.compile(new String(file.readAllBytes(), StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException("template " + name + " cannot be read", e);
    }
  }
}
