package dev.repli.postmortem.process;

import dev.repli.postmortem.UserNames;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.User;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Names of the engine's users. */
@Component
class EngineUserNames implements UserNames {
  private final ObjectProvider<IdentityService> identity;

  EngineUserNames(ObjectProvider<IdentityService> identity) {
    this.identity = identity;
  }

  @Override
  public Optional<String> of(String user) {
    return Optional.ofNullable(identity.getIfAvailable())
        .map(users -> users.createUserQuery().userId(user).singleResult())
        .map(EngineUserNames::name)
        .filter(name -> !name.isBlank());
  }

  private static String name(User user) {
    return Stream.of(user.getFirstName(), user.getLastName())
        .filter(Objects::nonNull)
        .map(String::strip)
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining(" "));
  }
}
