package dev.repli.plan.yaml;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * A file up to its nodes: what is refused before any key is looked at. Nothing here repeats text of
 * the file, which may hold a secret in the wrong place.
 */
final class PlanText {
  /** Bytes. */
  static final int MOST_BYTES = 1 << 20;

  private static final int DEEPEST = 20;

  private final Reading reading;

  PlanText(Reading reading) {
    this.reading = reading;
  }

  /** The root node; empty when the file is refused, and then the reading says why. */
  Optional<Node> root(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      // not trusting Files.size: a pipe or a growing file has none worth knowing
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        return refuse(Place.FILE, "is larger than 1 MB", "a plan of at most 1 MB");
      }
      return decode(bytes).flatMap(this::compose);
    } catch (IOException e) {
      return refuse(Place.FILE, "cannot be read: " + e.getClass().getSimpleName(), "");
    }
  }

  private Optional<String> decode(byte[] bytes) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return Optional.of(text.startsWith("\ufeff") ? text.substring(1) : text);
    } catch (CharacterCodingException e) {
      return refuse(Place.FILE, "is not valid UTF-8", "text in UTF-8");
    }
  }

  private Optional<Node> compose(String text) {
    EventPath path = new EventPath();
    try {
      if (!goodCharacters(text) || !goodEvents(text, path)) {
        return Optional.empty();
      }
      Optional<Node> root = Yaml.compose(text);
      return root.isPresent() ? root : refuse(Place.FILE, "is empty", "a plan");
    } catch (MarkedYamlEngineException e) {
      Place place = e.getProblemMark().map(mark -> Place.of(path.path(), mark)).orElse(Place.FILE);
      return refuse(place, "is not YAML here: " + Shown.plain(e.getProblem()), "");
    } catch (YamlEngineException e) {
      return refuse(Place.FILE, "is not YAML", "");
    }
  }

  private boolean goodCharacters(String text) {
    String[] lines = text.split("\r?\n", -1);
    for (int index = 0; index < lines.length; index++) {
      String line = lines[index];
      int tab = line.indexOf('\t');
      if (tab >= 0 && line.substring(0, tab).isBlank()) {
        refuse(new Place("", index + 1, tab + 1), "is indented with a tab", "spaces");
      }
      for (int at = 0; at < line.length(); at += Character.charCount(line.codePointAt(at))) {
        int point = line.codePointAt(at);
        if (point != '\t' && Shown.isInvisible(point)) {
          String name = String.format("U+%04X", point);
          refuse(
              new Place("", index + 1, at + 1),
              "contains the invisible character " + name,
              "text without control and direction characters");
        }
      }
    }
    return reading.good();
  }

  /** Events come without recursion, so depth is judged before anything is built of them. */
  private boolean goodEvents(String text, EventPath path) {
    int documents = 0;
    for (Event event : new Parse(Yaml.SETTINGS).parseString(text)) {
      if (event instanceof DocumentStartEvent && ++documents > 1) {
        refuse(at("", event), "holds a second document", "one plan in each file");
        return false;
      }
      if (event instanceof CollectionStartEvent && path.depth() == DEEPEST) {
        refuse(at("", event), "is nested deeper than " + DEEPEST + " levels", "");
        return false;
      }
      plainOnly(event, path);
      path.pass(event);
    }
    return reading.good();
  }

  private void plainOnly(Event event, EventPath path) {
    Place place = at(path.path(), event);
    if (event instanceof AliasEvent) {
      refuse(place, "uses an alias (*)", "values written out");
    } else if (event instanceof NodeEvent node && node.getAnchor().isPresent()) {
      refuse(place, "defines an anchor (&)", "values written out");
    }
    boolean tagged =
        (event instanceof ScalarEvent scalar && scalar.getTag().isPresent())
            || (event instanceof CollectionStartEvent start && start.getTag().isPresent());
    if (tagged) {
      refuse(place, "uses a tag (!)", "values without tags");
    }
  }

  private static Place at(String key, Event event) {
    return event.getStartMark().map(mark -> Place.of(key, mark)).orElse(Place.FILE);
  }

  private <T> Optional<T> refuse(Place place, String what, String accepted) {
    reading.error(place, what, accepted, "");
    return Optional.empty();
  }
}
