package io.foretide.http;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Names the records of settings that go with CSV, JSON Lines and text as query parameters, so that OpenAPI describes them. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface SettingsInQuery {
    /** The records that {@link RequestReader} binds them to, one for each task whose settings are others. */
    Class<?>[] value();
}
