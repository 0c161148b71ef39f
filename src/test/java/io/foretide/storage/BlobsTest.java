package io.foretide.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.NoSuchElementException;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.transaction.support.TransactionTemplate;

class BlobsTest {
    private static final int LIMIT = 4 * Blobs.PART_SIZE;

    TestDatabase database;
    Blobs blobs;

    TestDatabase open() {
        return TestDatabase.inMemory();
    }

    @BeforeEach
    void setUp() {
        database = open();
        blobs = new Blobs(database.client(), database.transactions(), LIMIT);
    }

    @AfterEach
    void tearDown() {
        database.close();
    }

    @ParameterizedTest
    @ValueSource(
            ints = {0, 1, Blobs.PART_SIZE - 1, Blobs.PART_SIZE, Blobs.PART_SIZE + 1, 2_500_000, 4 * Blobs.PART_SIZE})
    void givesBackWhatWasStored(int size) throws IOException {
        byte[] bytes = bytes(size);

        String id = blobs.store(new ByteArrayInputStream(bytes));

        assertThat(blobs.size(id)).isEqualTo(size);
        assertThat(blobs.read(id, size)).isEqualTo(bytes);
        try (InputStream in = blobs.open(id)) {
            assertThat(in.readAllBytes()).isEqualTo(bytes);
        }
    }

    @Test
    void storesWhatIsWrittenInPieces() {
        byte[] bytes = bytes(1_100_000);

        String id = blobs.store((OutputStream out) -> {
            out.write(bytes[0]);
            for (int from = 1; from < bytes.length; from += 999) {
                out.write(bytes, from, Math.min(999, bytes.length - from));
            }
            out.close();
        });

        assertThat(blobs.read(id, LIMIT)).isEqualTo(bytes);
    }

    @Test
    void keepsNothingOfWhatIsTooLarge() {
        var endless = new InputStream() {
            @Override
            public int read() {
                return 1;
            }
        };

        assertThatThrownBy(() -> blobs.store(endless))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.type()).isEqualTo(ProblemType.LIMIT_EXCEEDED));

        assertThat(parts()).isZero();
    }

    @Test
    void readsNoMoreThanTheReaderCanTake() {
        String id = blobs.store(new ByteArrayInputStream(bytes(100)));

        assertThatThrownBy(() -> blobs.read(id, 99)).isInstanceOf(ProblemException.class);
    }

    @Test
    void belongsToTheTransactionOfItsCaller() {
        var transaction = new TransactionTemplate(database.transactions());

        transaction.executeWithoutResult(status -> {
            blobs.store(new ByteArrayInputStream(bytes(2_000_000)));
            status.setRollbackOnly();
        });

        assertThat(parts()).isZero();
    }

    @Test
    void freesItsRowsWhenDeleted() {
        String id = blobs.store(new ByteArrayInputStream(bytes(2_000_000)));

        blobs.delete(id);
        blobs.delete(id);

        assertThat(parts()).isZero();
        assertThatThrownBy(() -> blobs.open(id)).isInstanceOf(NoSuchElementException.class);
    }

    private int parts() {
        return database.client()
                .sql("select count(*) from blob_part")
                .query(Integer.class)
                .single();
    }

    private static byte[] bytes(int size) {
        var bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }
}
