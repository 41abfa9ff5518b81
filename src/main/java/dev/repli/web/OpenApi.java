package dev.repli.web;

import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The description of this API, written by hand; a test compares it with the controllers. */
@RestController
final class OpenApi {

  @GetMapping(path = "/api/openapi", produces = MediaType.APPLICATION_JSON_VALUE)
  Resource description() {
    return new ClassPathResource("openapi.json");
  }
}
