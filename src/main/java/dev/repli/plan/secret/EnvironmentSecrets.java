package dev.repli.plan.secret;

import dev.repli.plan.SecretRef;
import dev.repli.plan.Secrets;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads {@code env:NAME} from the process's environment and {@code file:/path} from disk. */
public final class EnvironmentSecrets implements Secrets {
  private static final String ENV = "env:";
  private static final String FILE = "file:";

  /** Bytes; more is not a password but the wrong file. */
  private static final long LARGEST = 65_536;

  private final Function<String, @Nullable String> environment;

  public EnvironmentSecrets() {
    this(System::getenv);
  }

  EnvironmentSecrets(Function<String, @Nullable String> environment) {
    this.environment = environment;
  }

  @Override
  public String resolve(SecretRef reference) {
    String secret =
        reference.value().startsWith(ENV)
            ? variable(reference, reference.value().substring(ENV.length()))
            : file(reference, Path.of(reference.value().substring(FILE.length())));
    if (secret.isEmpty()) {
      throw new UnresolvedSecretException(reference, "it is empty");
    }
    return secret;
  }

  private String variable(SecretRef reference, String name) {
    String value = environment.apply(name);
    if (value == null) {
      throw new UnresolvedSecretException(
          reference, "the environment variable " + name + " is not set");
    }
    return value;
  }

  private static String file(SecretRef reference, Path path) {
    try {
      refuseUnfit(reference, path);
      String text = Files.readString(path);
      if (text.endsWith("\n")) {
        text = text.substring(0, text.length() - (text.endsWith("\r\n") ? 2 : 1));
      }
      return text;
    } catch (CharacterCodingException e) {
      throw new UnresolvedSecretException(reference, "the file is not text in UTF-8");
    } catch (IOException e) {
      throw new UnresolvedSecretException(
          reference, "the file cannot be read (" + e.getClass().getSimpleName() + ")");
    }
  }

  private static void refuseUnfit(SecretRef reference, Path path) throws IOException {
    if (!Files.exists(path)) {
      throw new UnresolvedSecretException(reference, "the file does not exist");
    }
    if (!Files.isRegularFile(path) || Files.size(path) > LARGEST) {
      throw new UnresolvedSecretException(reference, "it is not a file of at most 64 KiB");
    }
    PosixFileAttributeView posix = Files.getFileAttributeView(path, PosixFileAttributeView.class);
    if (posix != null
        && posix.readAttributes().permissions().contains(PosixFilePermission.OTHERS_READ)) {
      throw new UnresolvedSecretException(
          reference, "every user of this machine can read the file; run chmod o-rwx on it");
    }
  }
}
