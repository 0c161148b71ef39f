package io.foretide.http;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Names the record of settings that go with CSV and JSON Lines as query parameters, so that OpenAPI describes them. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface SettingsInQuery {
    /** The record that {@link RequestReader} binds them to. */
    Class<?> value();
}
