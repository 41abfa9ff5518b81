package dev.repli.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class ComposeFileTest {
  private static final Path DOCKER = Path.of("docker");
  private final JsonNode compose = read(DOCKER.resolve("compose.yaml"));

  private static JsonNode read(Path file) {
    try {
      Object yaml = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
      return new ObjectMapper().valueToTree(yaml);
    } catch (IOException e) {
      throw new AssertionError("cannot read " + file, e);
    }
  }

  private List<Map.Entry<String, JsonNode>> services() {
    return compose.path("services").properties().stream().toList();
  }

  private List<String> images() {
    return services().stream().map(service -> service.getValue().path("image").asText()).toList();
  }

  private static List<String> texts(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText).toList();
  }

  @Test
  void holdsRepliBothMariaDbReleasesAndBothProxies() {
    assertThat(images())
        .anyMatch(image -> image.startsWith("repli:"))
        .anyMatch(image -> image.startsWith("mariadb:11.4."))
        .anyMatch(image -> image.startsWith("mariadb:11.8."))
        .anyMatch(image -> image.startsWith("proxysql/proxysql:"))
        .anyMatch(image -> image.startsWith("haproxy:"));
  }

  @Test
  void pinsEveryImageToAnExactVersion() throws IOException {
    Stream<String> built =
        Files.readAllLines(DOCKER.resolve("repli/Dockerfile")).stream()
            .filter(line -> line.startsWith("FROM "))
            .map(line -> line.split(" ", -1)[1]);
    assertThat(Stream.concat(built, images().stream()))
        .hasSize(9)
        .allMatch(image -> image.matches("[a-z/-]+:v?\\d+\\.\\d+\\.\\d+[A-Za-z0-9._-]*"));
  }

  @Test
  void checksTheHealthOfEveryService() {
    assertThat(services())
        .hasSize(6)
        .allSatisfy(
            service ->
                assertThat(texts(service.getValue().path("healthcheck").path("test")))
                    .as("health check of %s", service.getKey())
                    .hasSizeGreaterThan(1));
  }

  @Test
  void takesEverySecretFromAFileThatIsNotInTheRepository() throws IOException {
    String script = Files.readString(DOCKER.resolve("create-secrets"));
    assertThat(compose.path("secrets").properties())
        .isNotEmpty()
        .allSatisfy(
            secret -> {
              assertThat(secret.getValue().path("file").asText())
                  .isEqualTo("./secrets/" + secret.getKey());
              assertThat(script).contains(" " + secret.getKey());
            });
    assertThat(Files.readAllLines(Path.of(".gitignore"))).contains("docker/secrets/");
  }

  @Test
  void mountsOnlySecretsThatAreDeclared() {
    assertThat(services())
        .allSatisfy(
            service ->
                assertThat(texts(service.getValue().path("secrets")))
                    .as("secrets of %s", service.getKey())
                    .allMatch(secret -> compose.path("secrets").has(secret)));
  }

  /** A password is a reference to a file, a shell expansion or a placeholder; never a word. */
  @Test
  void holdsNoPasswordAnywhere() throws IOException {
    String literal =
        "(?i).*(password|identified by|credentials)\\w*['\"]?\\s*[=:]?\\s*['\"]?(?!\\$|@|repli:@|file:/|env:)[a-z0-9]{3,}.*";
    String allowed = ".*(_FILE: /run/secrets/|#).*";
    try (Stream<Path> files = Files.walk(DOCKER)) {
      for (Path file :
          files
              .filter(Files::isRegularFile)
              .filter(path -> !path.startsWith(DOCKER.resolve("secrets")))
              .filter(path -> !path.endsWith("create-secrets"))
              .toList()) {
        assertThat(Files.readAllLines(file))
            .as("lines of %s", file)
            .noneMatch(line -> line.matches(literal) && !line.matches(allowed));
      }
    }
  }

  @Test
  void publishesPortsOnTheLoopbackAddressOnly() {
    assertThat(services())
        .allSatisfy(
            service ->
                assertThat(texts(service.getValue().path("ports")))
                    .allMatch(port -> port.startsWith("127.0.0.1:")));
  }

  @Test
  void mountsOnlyFilesThatExist() {
    assertThat(
            services().stream()
                .flatMap(service -> texts(service.getValue().path("volumes")).stream())
                .filter(volume -> volume.startsWith("./")))
        .hasSizeGreaterThan(6)
        .allSatisfy(
            volume ->
                assertThat(DOCKER.resolve(volume.substring(2, volume.indexOf(':')))).exists());
  }
}
