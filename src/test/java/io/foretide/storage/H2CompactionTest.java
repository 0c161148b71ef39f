package io.foretide.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.transaction.support.TransactionTemplate;

final class H2CompactionTest {
    private static final int ROWS = 2_000;
    private static final int ROW_BYTES = 1_000;
    private static final int OFTEN_BYTES = 200_000;
    private static final int CHANGES = 500;

    @TempDir
    Path folder;

    private final Random random = new Random(1);

    /** What is changed often dies at once, and leaves between the dead ones what is changed now and then. */
    @Test
    void aFileThatIsWrittenToAgainAndAgainStaysWithinAFewTimesWhatItHolds() throws IOException {
        try (TestDatabase database = TestDatabase.inFolder(folder)) {
            database.client()
                    .sql("create table kept (id int primary key, bytes varbinary)")
                    .update();
            var together = new TransactionTemplate(database.transactions());
            together.executeWithoutResult(_ -> IntStream.range(0, ROWS)
                    .forEach(id -> keep(database, "insert into kept (bytes, id) values (?, ?)", bytes(ROW_BYTES), id)));
            for (int change = 0; change < CHANGES; change++) {
                together.executeWithoutResult(_ -> {
                    keep(database, "update kept set bytes = ? where id = ?", bytes(OFTEN_BYTES), 0);
                    keep(database, "update kept set bytes = ? where id = ?", bytes(ROW_BYTES), random.nextInt(1, ROWS));
                });
                database.compact(Duration.ZERO); // or there would be room only after this test
            }
            assertThat(Files.size(folder.resolve("foretide.mv.db"))).isLessThan(4L * (ROWS * ROW_BYTES + OFTEN_BYTES));
        }
    }

    private byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    private static void keep(TestDatabase database, String sql, byte[] bytes, int id) {
        database.client().sql(sql).params(bytes, id).update();
    }
}
