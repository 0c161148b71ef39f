package io.foretide.series;

import static io.foretide.series.SeriesReading.csv;
import static io.foretide.series.SeriesReading.json;
import static io.foretide.series.SeriesReading.problem;
import static org.assertj.core.api.Assertions.assertThat;

import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SeriesLimitsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[{'target':[]},{'target':[]},{'target':[]}]      | 2  | /series/2",
                "[{'target':[1,2,3,4,5,6,7,8,9,10,11]}]           | 10 | /series/0",
                "[{'target':[1]},{'target':[2,3,4,5,6,7,8,9,10,11]}] | 10 | /series/1",
                "[{'target':[1,2,3,4],'past':{'a':[1,2,3,4,5,6,7]}}] | 10 | /series/0",
                "[{'timestamps':['2024','2024','2024','2024','2024','2024','2024','2024','2024','2024','2024']}] | 10 | /series/0",
                "[{'target':[1],'past':{'a':[1]},'future':{'b':[1]},'static':{'c':'d'},'item_id':'a'}] | 2 | /series/0",
                "[{'target':[1],'item_id':'abcdef'}]              | 5  | /series/0/item_id",
                "[{'target':[1],'past':{'abcdef':[1]}}]           | 5  | /series/0/past/abcdef",
                "[{'target':[1],'static':{'a':'abcdef'}}]         | 5  | /series/0/static/a"
            })
    void namesTheLimitThatIsExceeded(String body, long limit, String pointer) {
        SeriesLimits limits = new SeriesLimits(2, 10, 2, 5);

        ProblemException problem = problem(
                () -> json(body.replace("'2024'", "'2024-01'").replace('\'', '"'), limits, SeriesDefaults.NONE));

        assertThat(problem.type()).isEqualTo(ProblemType.LIMIT_EXCEEDED);
        assertThat(problem.detail()).contains(Long.toString(limit));
        assertThat(problem.members()).containsEntry("limit", limit);
        assertThat(SeriesReading.pointers(problem)).containsExactly(pointer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"9999-12-31", "2029-12-31T00:00:00"})
    void doesNotAllocateForATimeThatIsFarOff(String far) {
        ProblemException problem = problem(() -> csv(
                "timestamp,y,a,b\n2024-01-01,1,1,1\n2024-01-02,1,1,1\n" + far + ",1,1,1\n",
                SeriesDefaults.parse("s", null)));

        assertThat(problem.type()).isEqualTo(ProblemType.LIMIT_EXCEEDED);
        assertThat(problem.detail()).startsWith("line 4").contains("skips").contains("100000");
    }

    @Test
    void countsTheSkippedStepsOfCovariatesAsWell() {
        String rows = "2024-01-01,1,1,1\n2024-01-02,1,1,1\n2024-01-03,1,1,1\n2125-01-01,1,1,1\n";

        assertThat(csv("timestamp,y\n" + rows.replace(",1,1,1", ",1"), SeriesDefaults.parse("D", null)))
                .hasSize(1);
        assertThat(problem(() -> csv("timestamp,y,a,b\n" + rows, SeriesDefaults.parse("D", null)))
                        .type())
                .isEqualTo(ProblemType.LIMIT_EXCEEDED);
    }

    @Test
    void limitsTheCovariatesAndSeriesOfCsv() {
        assertThat(problem(() -> csv("ds,y,a,b,c,d,e,f\n")).type()).isEqualTo(ProblemType.LIMIT_EXCEEDED);

        StringBuilder rows = new StringBuilder("item_id,ds,y\n");
        for (int k = 0; k < 101; k++) {
            rows.append(k).append(",2024-01-01,1\n");
        }
        assertThat(problem(() -> csv(rows.toString())).detail())
                .startsWith("line 102")
                .contains("100 series");
    }
}
