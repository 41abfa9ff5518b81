package dev.repli.web;

import dev.repli.journal.InMemoryJournal;
import dev.repli.journal.Journal;
import dev.repli.journal.Ledgers;
import dev.repli.plan.Plans;
import dev.repli.run.KnownPlans;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

/**
 * The web application on a real engine with tiny runbooks; one user may do everything.
 *
 * <p>No @Configuration: no other test may find it by scanning.
 */
@EnableAutoConfiguration
@ComponentScan({"dev.repli.web", "dev.repli.run"})
class WebTestApplication {
  static final String PASSWORD = "Try-this-0ut";

  @Bean
  Plans plans() {
    return new KnownPlans("shop", "books");
  }

  @Bean
  Journal journal() {
    return new InMemoryJournal();
  }

  @Bean
  Ledgers ledgers(Journal journal) {
    return new Ledgers(journal);
  }

  @Bean
  SecurityFilterChain basicOnly(HttpSecurity http) throws Exception {
    return http.csrf(csrf -> csrf.disable())
        .httpBasic(basic -> {})
        .authorizeHttpRequests(
            calls ->
                calls
                    .dispatcherTypeMatchers(jakarta.servlet.DispatcherType.ERROR)
                    .permitAll()
                    .anyRequest()
                    .authenticated())
        .build();
  }
}
