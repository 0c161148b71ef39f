package io.foretide.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import io.foretide.storage.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** An empty registry for each test, over a database in memory unless {@link #open} says otherwise. */
abstract class RegistryTestBase {
    static final ModelName AIR = new ModelName("air");

    TestDatabase database;
    RegistryFixture fixture;

    TestDatabase open() {
        return TestDatabase.inMemory();
    }

    @BeforeEach
    void setUp() {
        database = open();
        fixture = new RegistryFixture(database);
    }

    @AfterEach
    void tearDown() {
        database.close();
    }

    /** What each of the threads gave, which all begin at the same moment. */
    static <T> List<T> together(int threads, Callable<T> work) throws Exception {
        var barrier = new CyclicBarrier(threads);
        try (var executor = Executors.newFixedThreadPool(threads)) {
            var futures = new ArrayList<Future<T>>();
            for (int thread = 0; thread < threads; thread++) {
                futures.add(executor.submit(() -> {
                    barrier.await();
                    return work.call();
                }));
            }
            var results = new ArrayList<T>();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        }
    }

    static AbstractThrowableAssert<?, ? extends Throwable> assertProblem(ProblemType type, ThrowingCallable call) {
        return assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.type()).isEqualTo(type));
    }

    int count(String table) {
        return database.client()
                .sql("select count(*) from " + table)
                .query(Integer.class)
                .single();
    }
}
