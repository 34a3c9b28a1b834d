package tayori.scenarios;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A test that runs once with a TCP socket between Postfix and Tayori and once with a unix socket; the parameter names
/// the `smtpd` to talk to.
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedTest(name = "over {0}")
@ValueSource(strings = {"tcp", "unix"})
@interface OverBothSockets {}
