package io.foretide.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class WatchedInputTest {
    private int reads;

    private WatchedInput cancelledAt(int read) {
        return new WatchedInput(new ByteArrayInputStream(new byte[] {1, 2, 3, 4}), () -> {
            if (++reads == read) {
                throw new CancellationException();
            }
        });
    }

    @Test
    void readsNoFurtherOnceItIsToldToEnd() throws IOException {
        var input = cancelledAt(3);

        assertThat(input.read()).isEqualTo(1);
        assertThat(input.read(new byte[1])).isEqualTo(1);
        assertThatExceptionOfType(CancellationException.class).isThrownBy(input::read);
    }
}
