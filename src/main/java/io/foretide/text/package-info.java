/**
 * The vocabulary of tokens: what a text consists of, and which number a network knows each of its tokens by.
 *
 * <p>A {@link io.foretide.text.Tokenizer} cuts a text, whole or as it comes in; a {@link io.foretide.text.Vocabulary} is part of
 * an artifact. Both are immutable.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package io.foretide.text;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
