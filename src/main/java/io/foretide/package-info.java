/** The Foretide forecasting service: one main class, and a module in each direct sub-package. */
@NullMarked
package io.foretide;

import org.jspecify.annotations.NullMarked;
