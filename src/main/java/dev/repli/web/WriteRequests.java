package dev.repli.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.repli.run.RequestKeys;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/** Takes a writing call in: its body within limits, and its idempotency key. */
@Component
final class WriteRequests {
  static final int LARGEST_BODY = 64 * 1024;
  private static final int LARGEST_WEBHOOK = 8 * 1024 * 1024;
  private static final String KEY = "Idempotency-Key";

  private final RequestKeys keys;

  WriteRequests(RequestKeys keys) {
    this.keys = keys;
  }

  /** A call whose body has to be a JSON object. */
  Fields json(HttpServletRequest request) {
    refuseOtherSites(request);
    byte[] body = body(request);
    requireJson(request);
    Fields fields = new Fields(StrictJson.object(body));
    checkKey(request, body);
    return fields;
  }

  /** The body of another program's webhook, which may be larger and say more than Repli reads. */
  ObjectNode webhook(HttpServletRequest request) {
    refuseOtherSites(request);
    byte[] body = body(request, LARGEST_WEBHOOK);
    requireJson(request);
    return StrictJson.object(body);
  }

  /** A call whose body may be left out, too. */
  Fields jsonOrNothing(HttpServletRequest request) {
    refuseOtherSites(request);
    byte[] body = body(request);
    if (body.length > 0 || request.getContentType() != null) {
      requireJson(request);
    }
    Fields fields =
        new Fields(
            StrictJson.object(body.length > 0 ? body : "{}".getBytes(StandardCharsets.UTF_8)));
    checkKey(request, body);
    return fields;
  }

  /** The caller's key, if one was given; checked by {@link #json} already. */
  static Optional<String> key(HttpServletRequest request) {
    List<String> given = Collections.list(request.getHeaders(KEY));
    if (given.size() > 1 || !given.stream().allMatch(key -> key.matches("[!-~]{1,255}"))) {
      throw Problem.of(
          HttpStatus.BAD_REQUEST,
          "idempotency-key",
          "Give one Idempotency-Key of 1 to 255 visible ASCII characters, or none.");
    }
    return given.stream().findFirst();
  }

  static String sha256(byte[]... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (byte[] part : parts) {
        digest.update(part);
        digest.update((byte) 0);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private void checkKey(HttpServletRequest request, byte[] body) {
    Optional<String> key = key(request);
    if (key.isEmpty()) {
      return;
    }
    String what =
        request.getMethod() + " " + request.getRequestURI() + "?" + request.getQueryString();
    String hash = sha256(what.getBytes(StandardCharsets.UTF_8), body);
    if (keys.use(Caller.of(request), key.get(), hash) == RequestKeys.Use.TAKEN) {
      throw Problem.of(
          HttpStatus.UNPROCESSABLE_ENTITY,
          "idempotency-key-reused",
          "This Idempotency-Key was used for another request. Nothing was done; give a new key.");
    }
  }

  /** A page of another site can make a browser call us with credentials that it remembers. */
  private static void refuseOtherSites(HttpServletRequest request) {
    String site = request.getHeader("Sec-Fetch-Site");
    if (site != null && !site.equals("same-origin") && !site.equals("none")) {
      throw Problem.of(
          HttpStatus.FORBIDDEN, "other-site", "Pages of other sites may not call Repli.");
    }
  }

  private static void requireJson(HttpServletRequest request) {
    try {
      MediaType type = MediaType.parseMediaType(String.valueOf(request.getContentType()));
      boolean json = type.isCompatibleWith(MediaType.APPLICATION_JSON) && type.isConcrete();
      boolean utf8 = type.getCharset() == null || type.getCharset().equals(StandardCharsets.UTF_8);
      if (json && utf8 && request.getHeader("Content-Encoding") == null) {
        return;
      }
    } catch (IllegalArgumentException e) {
      // answered below like any other type that is not JSON
    }
    throw Problem.of(
        HttpStatus.UNSUPPORTED_MEDIA_TYPE,
        "unsupported-media-type",
        "The body has to be application/json in UTF-8, not compressed.");
  }

  private static byte[] body(HttpServletRequest request) {
    return body(request, LARGEST_BODY);
  }

  private static byte[] body(HttpServletRequest request, int largest) {
    if (request.getContentLengthLong() > largest) {
      throw tooLarge(largest);
    }
    try {
      byte[] body = request.getInputStream().readNBytes(largest + 1);
      if (body.length > largest) {
        throw tooLarge(largest);
      }
      return body;
    } catch (IOException e) {
      throw Problem.of(
          HttpStatus.BAD_REQUEST, "incomplete-body", "The body ended before its announced length.");
    }
  }

  private static Problem tooLarge(int largest) {
    return Problem.of(
        HttpStatus.PAYLOAD_TOO_LARGE,
        "body-too-large",
        "A body may have at most " + largest / 1024 + " KB.");
  }
}
