package io.foretide.series;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigDecimal;

/** A probability at which a forecast is quoted, strictly between 0 and 1. */
public record QuantileLevel(@JsonValue double value) implements Comparable<QuantileLevel> {
    public static final QuantileLevel MEDIAN = new QuantileLevel(0.5);

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public QuantileLevel {
        if (!(value > 0 && value < 1)) { // also rejects NaN
            throw new IllegalArgumentException("quantile level must lie in (0, 1), was " + value);
        }
    }

    @Override
    public int compareTo(QuantileLevel other) {
        return Double.compare(value, other.value);
    }

    /** The shortest decimal spelling, such as {@code 0.1}; the key of this level in answers. */
    @Override
    public String toString() {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }
}
