package dev.repli.plan.yaml;

import dev.repli.plan.RouteSpec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Keys of a configuration file of an application on any machine. */
final class AppFileKeys {
  private static final Key<String> SOURCE =
      Key.required(
          "source",
          Texts.line(500),
          "Text in that file that names the source, exactly as it stands there; it stands once.");
  private static final Key<String> TARGET =
      Key.required(
          "target",
          Texts.line(500),
          "Text that stands in its place when the target is the writer.");
  private static final Key<Optional<String>> OWNER =
      Key.optional(
          "owner",
          Texts.formed(
              MachineKeys.NAME + ":" + MachineKeys.NAME,
              "a user and a group such as shop:shop",
              owner -> owner),
          "User and group of the file after an edit; without it they stay.");
  private static final Key<List<String>> RELOAD =
      Key.withDefault(
          "reload",
          new Items<>(Texts.line(1000), 0),
          List.of(),
          "Program and its arguments, run there without a shell, that make the application read the"
              + " file.");
  private static final Key<Duration> RELOAD_TIMEOUT =
      Key.withDefault(
          "reloadTimeout",
          Durations.between("100ms", "5s"),
          "3s",
          "After this the reload command has failed; it runs while the writer moves.");
  private static final Pattern SECRET =
      Pattern.compile("(?i)passw|passphrase|pwd|secret|token|api[_-]?key|://[^\\s/@]*:[^\\s/@]*@");

  private AppFileKeys() {}

  static Block<RouteSpec.AppFile> block() {
    Key<String> type =
        RouteKeys.type("app-file", "A text in a configuration file on an application's machine.");
    return Block.of(
            List.of(
                type,
                RouteKeys.NAME,
                RouteKeys.ENDPOINT,
                MachineKeys.ACCESS,
                RouteKeys.FILE,
                SOURCE,
                TARGET,
                OWNER,
                RELOAD,
                RELOAD_TIMEOUT),
            values ->
                new RouteSpec.AppFile(
                    values.get(RouteKeys.NAME),
                    values.get(RouteKeys.ENDPOINT),
                    values.get(MachineKeys.ACCESS),
                    values.get(RouteKeys.FILE),
                    values.get(SOURCE),
                    values.get(TARGET),
                    values.get(OWNER),
                    values.get(RELOAD),
                    values.get(RELOAD_TIMEOUT)))
        .checked(
            values -> {
              twoTexts(values);
              noSecret(values, SOURCE);
              noSecret(values, TARGET);
              if (!values.find(RELOAD).orElse(List.of()).isEmpty()) {
                MachineKeys.named(values, RELOAD);
              }
            });
  }

  /** Where one is a part of the other, nobody could tell which of both stands in the file. */
  private static void twoTexts(Values values) {
    String source = values.find(SOURCE).orElse("");
    String target = values.find(TARGET).orElse("");
    if (!source.isEmpty()
        && !target.isEmpty()
        && (source.contains(target) || target.contains(source))) {
      values.error(
          TARGET.name(),
          "is a part of source or has it as a part",
          "two texts that differ, such as DB_HOST=db1.example and DB_HOST=db2.example",
          "");
    }
  }

  /** Both are shown on forms and in the journal. */
  private static void noSecret(Values values, Key<String> key) {
    if (values.find(key).filter(text -> SECRET.matcher(text).find()).isPresent()) {
      values.error(
          key.name(),
          "looks as if a secret stands in it",
          "the part of the line with the address, without password",
          "");
    }
  }
}
