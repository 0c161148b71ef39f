package io.foretide.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class H2UrlTest {
    @Test
    void writesEachCommitOfTheDefaultFileAtOnce() {
        H2Url url = H2Url.inFolder("./data");

        assertThat(url.value())
                .startsWith("jdbc:h2:file:" + Path.of("data").toAbsolutePath())
                .contains(
                        ";WRITE_DELAY=0", ";MODE=PostgreSQL", ";DATABASE_TO_LOWER=TRUE", ";DEFAULT_NULL_ORDERING=HIGH")
                .contains(";DB_CLOSE_ON_EXIT=FALSE");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:h2:file:/srv/x",
                "jdbc:h2:/srv/x",
                "jdbc:h2:./x",
                "jdbc:h2:~/x",
                "jdbc:h2:nio:/srv/x",
                "jdbc:h2:tcp://localhost/x",
                "jdbc:h2:file:/srv/x;mode=postgresql",
                "jdbc:h2:file:/srv/x;write_delay=0",
            })
    void writesEachCommitOfAnyOtherFileAtOnce(String url) {
        assertThat(H2Url.of(url).value()).startsWith(url).containsIgnoringCase(";WRITE_DELAY=0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:h2:file:/srv/x;WRITE_DELAY=500", "jdbc:h2:./x;write_delay=1;MODE=PostgreSQL"})
    void refusesToLoseCommits(String url) {
        assertThatThrownBy(() -> H2Url.of(url))
                .isInstanceOf(UnusableDatabaseException.class)
                .hasMessageContaining("WRITE_DELAY=0");
    }

    @Test
    void refusesAnotherDialect() {
        assertThatThrownBy(() -> H2Url.of("jdbc:h2:mem:x;MODE=MySQL"))
                .isInstanceOf(UnusableDatabaseException.class)
                .hasMessageContaining("MODE=MySQL");
    }

    @Test
    void refusesFolderWhoseNameWouldBeReadAsSettings() {
        assertThatThrownBy(() -> H2Url.inFolder("data;WRITE_DELAY=500")).isInstanceOf(UnusableDatabaseException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "jdbc:h2:file:/srv/x;MODE=PostgreSQL, /srv/x.mv.db",
        "jdbc:h2:/srv/x, /srv/x.mv.db",
        "jdbc:h2:mem:x,",
        "jdbc:h2:tcp://localhost/x,"
    })
    void knowsItsFile(String url, Path file) {
        assertThat(H2Url.of(url).file().orElse(null)).isEqualTo(file);
    }
}
