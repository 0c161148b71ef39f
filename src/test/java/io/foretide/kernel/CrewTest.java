package io.foretide.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CrewTest {
    @ParameterizedTest(name = "{0} threads")
    @ValueSource(ints = {1, 2, 5})
    void doesEachPieceOnce(int threads) {
        try (var crew = new Crew(threads)) {
            for (int pieces = 0; pieces < 50; pieces++) {
                var done = new AtomicIntegerArray(pieces);

                crew.run(pieces, done::incrementAndGet);

                for (int piece = 0; piece < pieces; piece++) {
                    assertThat(done.get(piece)).isOne();
                }
            }
        }
    }

    @Test
    void threadsWorkSideBySide() {
        try (var crew = new Crew(2)) {
            var both = new CountDownLatch(2);

            crew.run(2, piece -> {
                both.countDown();
                await(both); // nobody would come if pieces were done one after the other
            });

            assertThat(both.getCount()).isZero();
        }
    }

    @Test
    void throwsWhatAPieceThrewAndWorksOn() {
        try (var crew = new Crew(3)) {
            assertThatThrownBy(() -> crew.run(8, piece -> {
                        if (piece == 5) {
                            throw new IllegalStateException("piece 5");
                        }
                    }))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("piece 5");

            var done = new AtomicIntegerArray(4);
            crew.run(4, done::incrementAndGet);
            assertThat(done.get(3)).isOne();
        }
    }

    @Test
    void anInterruptDoesNotLeaveWorkBehind() {
        try (var crew = new Crew(2)) {
            var done = new AtomicIntegerArray(20);
            Thread.currentThread().interrupt();

            crew.run(20, done::incrementAndGet);

            assertThat(Thread.interrupted()).isTrue();
            for (int piece = 0; piece < 20; piece++) {
                assertThat(done.get(piece)).isOne();
            }
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
