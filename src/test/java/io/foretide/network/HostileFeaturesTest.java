package io.foretide.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foretide.network.StoredZip.Entry;
import io.foretide.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Artifacts that claim to read what no network of ours reads: each is refused, and says why. */
class HostileFeaturesTest {
    private static final byte[] ARTIFACT = TestNetworks.artifactWithCovariates(5);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"scale\":4.0          | \"scale\":0.0                 | the scale above 0",
                "\"scale\":4.0          | \"scale\":-4.0                | the scale above 0",
                "\"scale\":4.0          | \"scale\":1e999               | /features/past/0/scale is no finite number",
                "\"mean\":2.0           | \"mean\":1e16                 | numbers up to 1.0E15",
                "\"mean\":2.0           | \"mean\":\"NaN\"              | /features/past/0/mean is no finite number",
                "\"masked\":true        | \"masked\":false              | its settings need",
                "\"masked\":true        | \"masked\":1                  | is not what this release writes",
                "\"name\":\"promo\"     | \"name\":null                 | is not what this release writes",
                "\"future\":[           | \"future\":[null,             | is not what this release writes",
                "[\"east\",\"north\"]   | [\"north\",\"east\"]           | ascending categories",
                "[\"east\",\"north\"]   | [\"east\",\"east\"]            | ascending categories",
                "[\"east\",\"north\"]   | []                            | ascending categories",
                "[\"east\",\"north\"]   | [\"east\"]                    | its settings need",
                "[\"east\",\"north\"]   | [\"east\",null]               | is not what this release writes",
                "\"calendar\":[]        | \"calendar\":[\"week\"]       | its settings need",
                "\"calendar\":[]        | \"calendar\":[\"moon\"]       | is not what this release writes",
                "\"calendar\":[]        | \"calendar\":[\"day\",\"day\"] | must differ",
                "\"calendar\":[]        | \"calendar\":[0]              | is not what this release writes",
                "\"calendar\":[]        | \"calendar\":[],\"moon\":[]    | unknown field /features/moon",
                "\"settings\":{         | \"settings\":{\"features\":{}, | is not what this release writes",
            })
    void refusesFeaturesThatDoNotFit(String written, String hostile, String reason) {
        List<Entry> entries =
                StoredZip.read(ARTIFACT, List.of("manifest.json", "seen.json", "record.json", "parameters.bin"));
        String manifest =
                StandardCharsets.UTF_8.decode(entries.getFirst().content()).toString();
        assertThat(manifest).contains(written);
        byte[] changed = manifest.replaceFirst(Pattern.quote(written), Matcher.quoteReplacement(hostile))
                .getBytes(StandardCharsets.UTF_8);
        List<Entry> others = new ArrayList<>(entries);
        others.set(0, new Entry("manifest.json", changed));

        assertThatThrownBy(() -> Artifact.read(StoredZip.write(others)))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining(reason);
    }
}
