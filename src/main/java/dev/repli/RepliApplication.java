package dev.repli;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts Repli. */
@SpringBootApplication
public class RepliApplication {

  public static void main(String[] args) {
    SpringApplication.run(RepliApplication.class, args);
  }
}
