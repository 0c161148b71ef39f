package io.foretide.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foretide.network.CellType;
import io.foretide.text.TokenKind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SharedBatchTest {
    private final LanguageModel model = TestModels.of(TokenKind.CHARACTER, TestModels.LETTERS, CellType.LSTM, 33, 2);
    private final SharedBatch shared = model.shared();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void whatManyAskForAtATimeIsWhatEachWouldGetAlone() throws Exception {
        List<Generated> alone = new ArrayList<>();
        List<Callable<Generated>> together = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            var options = new SamplingOptions(5 + i % 40, i % 3 * 0.5, i % 4, 1 - i % 5 * 0.1, i, List.of("ab"));
            LanguageState state = read("abc ".repeat(i % 7));
            alone.add(model.generate(state.copy(), options, TokenSink.NONE));
            int atOnce = 1 + i % 9;
            together.add(() -> {
                Generation generation = model.begin(state, options, TokenSink.NONE);
                while (!generation.isFinished()) {
                    shared.advance(generation, atOnce, Turns.AT_ONCE);
                }
                return generation.result();
            });
        }

        List<Generated> results = new ArrayList<>();
        for (Future<Generated> one : threads.invokeAll(together)) {
            results.add(one.get());
        }

        assertThat(results).isEqualTo(alone);
    }

    @Test
    void givesAsManyTokensAsAreAskedForAndNoMore() {
        Generation generation = model.begin(read("a"), SamplingOptions.drawn(10, 1), TokenSink.NONE);

        shared.advance(generation, 4, Turns.AT_ONCE);
        int first = generation.tokens();
        shared.advance(generation, 100, Turns.AT_ONCE);

        assertThat(first).isEqualTo(4);
        assertThat(generation.result().tokens()).isEqualTo(10);
        shared.advance(generation, 1, Turns.AT_ONCE);
        assertThat(generation.tokens()).isEqualTo(10);
    }

    @Test
    void whoAsksForManyHasEachAsItWouldBeAlone() throws Exception {
        List<Generation> many = new ArrayList<>();
        List<Generated> alone = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            var options = SamplingOptions.drawn(10 + i % 30, i);
            alone.add(model.generate(read("ab".repeat(i % 5)), options, TokenSink.NONE));
            many.add(model.begin(read("ab".repeat(i % 5)), options, TokenSink.NONE));
        }
        Generation beside = model.begin(read("a"), SamplingOptions.drawn(500, 1), TokenSink.NONE);
        Future<?> other = threads.submit(() -> shared.advance(beside, 500, Turns.AT_ONCE));

        shared.advance(many, 7, Turns.AT_ONCE);
        List<Integer> first = many.stream().map(Generation::tokens).distinct().toList();
        shared.advance(many, 100, Turns.AT_ONCE);
        other.get();

        assertThat(first).containsExactly(7);
        assertThat(many.stream().map(Generation::result)).containsExactlyElementsOf(alone);
        assertThat(beside.result().tokens()).isEqualTo(500);
    }

    @Test
    void whoAsksForManyIsServedByWhoHasTheTurn() throws Exception {
        var asked = new CountDownLatch(1);
        var turn = new CountDownLatch(1);
        Future<?> leading = threads.submit(() ->
                shared.advance(model.begin(read("a"), SamplingOptions.drawn(30, 1), TokenSink.NONE), 30, slice -> {
                    asked.countDown();
                    awaitUninterruptibly(turn);
                    slice.run();
                }));
        asked.await();
        List<Generation> many = List.of(
                model.begin(read("a"), SamplingOptions.drawn(20, 2), TokenSink.NONE),
                model.begin(read("b"), SamplingOptions.drawn(25, 3), TokenSink.NONE));
        Future<?> waiting = threads.submit(() -> shared.advance(many, 30, _ -> {
            throw new IllegalStateException("it needs no turn");
        }));
        Thread.sleep(50);

        turn.countDown();

        waiting.get(30, TimeUnit.SECONDS);
        leading.get(30, TimeUnit.SECONDS);
        assertThat(many.stream().map(Generation::tokens)).containsExactly(20, 25);
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void whoWaitsForATurnKeepsItsPlaceAndIsServedByWhoHasIt() throws Exception {
        var turn = new Semaphore(0);
        var slices = new AtomicInteger();
        Turns oneAtATime = slice -> {
            turn.acquireUninterruptibly();
            slice.run();
            slices.incrementAndGet();
            turn.release();
        };
        int count = 8;
        var begun = new CountDownLatch(count);
        List<Future<Generated>> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Generation generation = model.begin(read("a"), SamplingOptions.drawn(3, i), TokenSink.NONE);
            all.add(threads.submit(() -> {
                begun.countDown();
                shared.advance(generation, 3, oneAtATime);
                return generation.result();
            }));
        }
        begun.await();
        assertThat(all).noneMatch(Future::isDone);

        turn.release();

        for (Future<Generated> one : all) {
            assertThat(one.get(30, TimeUnit.SECONDS).tokens()).isEqualTo(3);
        }
        assertThat(slices.get()).isBetween(1, count);
    }

    @Test
    void aListenerThatFailsIsToldSoAndTheOthersGoOn() throws Exception {
        Generation failing = model.begin(read("a"), SamplingOptions.drawn(2_000, 1), (index, _, _) -> {
            if (index == 100) {
                throw new IllegalStateException("gone");
            }
            return true;
        });
        Generation other = model.begin(read("a"), SamplingOptions.drawn(2_000, 2), TokenSink.NONE);

        Future<?> first = threads.submit(() -> shared.advance(failing, 2_000, Turns.AT_ONCE));
        Future<?> second = threads.submit(() -> shared.advance(other, 2_000, Turns.AT_ONCE));
        first.get();
        second.get();

        assertThatThrownBy(failing::result).hasMessage("gone");
        assertThat(other.result().tokens()).isEqualTo(2_000);
    }

    @Test
    void aTurnThatFailsIsAFailureOfWhoHadItAlone() throws Exception {
        Generation generation = model.begin(read("a"), SamplingOptions.drawn(5, 1), TokenSink.NONE);

        assertThatThrownBy(() -> shared.advance(generation, 5, _ -> {
                    throw new IllegalStateException("no turn");
                }))
                .hasMessage("no turn");
        Generation next = model.begin(read("a"), SamplingOptions.drawn(5, 1), TokenSink.NONE);
        shared.advance(next, 5, Turns.AT_ONCE);

        assertThat(next.result().tokens()).isEqualTo(5);
        assertThat(generation.tokens()).isZero();
    }

    @Test
    void readsInSlicesAsAtOnce() {
        String text = "a cab😀 bé\uD83D and so on. ".repeat(2_000);
        var slices = new AtomicInteger();
        LanguageState inSlices = model.initialState();

        shared.read(inSlices, text, slice -> {
            slices.incrementAndGet();
            slice.run();
        });

        assertThat(inSlices.sameAs(read(text))).isTrue();
        assertThat(slices.get()).isGreaterThan(1);
    }

    private LanguageState read(String text) {
        LanguageState state = model.initialState();
        model.read(state, text);
        return state;
    }
}
