package tayori.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// What a setting means, for the reference page and the sample file.
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.TYPE})
@interface Doc {
    /// Meaning first, then unit and source, in full sentences.
    String value();

    /// A value for the sample file where the default shows nothing.
    String example() default "";
}
