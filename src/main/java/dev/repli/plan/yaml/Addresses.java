package dev.repli.plan.yaml;

import dev.repli.plan.SecretRef;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.Node;

/** Shapes of hosts, paths, links and references to secrets. */
final class Addresses {
  private static final String LABEL = "[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?";
  private static final String HOST = LABEL + "(?:\\." + LABEL + ")*\\.?";
  private static final Pattern HOST_FORM = Pattern.compile(HOST);
  private static final Pattern NUMERIC = Pattern.compile("(?:0[xX])?[0-9a-fA-F]*(?:\\.[0-9]+)*");
  private static final String OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
  private static final Pattern IPV4 = Pattern.compile(OCTET + "(?:\\." + OCTET + "){3}");

  private Addresses() {}

  /** A host name or IPv4 address and nothing that a URL or a command line would read options in. */
  static Scalar<String> host() {
    Map<String, Object> schema = Texts.pattern("^(?:" + HOST + ")$");
    schema.put("maxLength", 253);
    return new Scalar<>(
        "a host name or an IPv4 address, nothing else (the port has a key of its own)",
        schema,
        (node, refusal) -> {
          String text = node.getValue();
          String shown = "is " + Shown.quoted(text);
          if (text.length() > 253 || !HOST_FORM.matcher(text).matches()) {
            return refusal.because(shown);
          }
          String host = normalised(text);
          if (isOddNumber(host)) {
            return refusal.because(shown + ", which is no dotted IPv4 address");
          }
          return host.startsWith("169.254.")
              ? refusal.because(shown + ", a link-local address")
              : Optional.of(host);
        });
  }

  /** Lower case, without the final dot. */
  private static String normalised(String host) {
    String lower = host.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }

  /** {@code 127.1}, {@code 0x7f000001}, {@code 010.0.0.1}: resolvers read these as addresses. */
  private static boolean isOddNumber(String host) {
    return NUMERIC.matcher(host).matches()
        && host.matches("0x.*|[0-9.]+")
        && !IPV4.matcher(host).matches();
  }

  static Scalar<Path> file() {
    return Texts.formed(
        "/[^\\x00-\\x1f\\x7f\"'`$;|&<>*?\\\\]{1,1000}", "an absolute path", Path::of);
  }

  /** Where to look; never what it would say of a value that looks like the secret itself. */
  static Shape<SecretRef> secret() {
    Scalar<SecretRef> scalar =
        new Scalar<>(
            "env:NAME or file:/absolute/path",
            Texts.pattern("^(?:" + SECRET + ")$"),
            (node, refusal) ->
                node.getValue().matches(SECRET)
                    ? Optional.of(new SecretRef(node.getValue()))
                    : refusal.because(
                        "is not a reference; the secret itself does not belong into a plan",
                        "put it into an environment variable or a file and name that here"));
    return new Shape<>() {
      @Override
      public Optional<SecretRef> read(Node node, Place place, Reading reading) {
        Optional<SecretRef> reference = scalar.read(node, place, reading);
        reference.ifPresent(found -> reading.secret(place, found));
        return reference;
      }

      @Override
      public String accepts() {
        return scalar.accepts();
      }

      @Override
      public Map<String, Object> schema() {
        return scalar.schema();
      }
    };
  }

  private static final String SECRET = "env:[A-Za-z_][A-Za-z0-9_]*|file:/\\S+";

  static Scalar<URI> link() {
    return new Scalar<>(
        "a link such as https://shop.example/health, without user and password",
        Texts.pattern("^https?://[^@\\s]+$"),
        (node, refusal) -> {
          Optional<URI> link = parse(node.getValue());
          if (link.isEmpty()) {
            // not shown: it may hold a password
            return refusal.because("is not a link that can be used");
          }
          return link;
        });
  }

  private static Optional<URI> parse(String text) {
    try {
      URI link = new URI(text);
      boolean usable =
          ("http".equals(link.getScheme()) || "https".equals(link.getScheme()))
              && link.getHost() != null
              && link.getRawUserInfo() == null
              && !link.getHost().startsWith("169.254.")
              && !isOddNumber(normalised(link.getHost()));
      return usable ? Optional.of(link) : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }
}
