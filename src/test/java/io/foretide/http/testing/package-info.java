/** A service with nothing in it but endpoints that try out bodies and failures, and clients of it. */
@NullMarked
package io.foretide.http.testing;

import org.jspecify.annotations.NullMarked;
