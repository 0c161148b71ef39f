package io.foretide.kernel;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** On a method that is long because the compiler keeps in registers only what has a name of its own. */
@Retention(RetentionPolicy.SOURCE)
@Target(ElementType.METHOD)
@interface Unrolled {
    /** What is repeated, and why no loop does it. */
    String reason();
}
