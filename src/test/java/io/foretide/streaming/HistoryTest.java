package io.foretide.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class HistoryTest {
    private static Base base(long seq) {
        return new Base(seq, new byte[] {(byte) seq}, seq, seq);
    }

    private static List<Step> steps(long first, long last) {
        return LongStream.rangeClosed(first, last)
                .<Step>mapToObj(seq -> new Step.Value(seq, seq))
                .toList();
    }

    private final History history = new History(base(2), base(6), steps(3, 9));

    @Test
    void takesEachStepOnce() {
        assertThat(history.with(steps(5, 12)).steps()).isEqualTo(steps(3, 12));
        assertThat(history.with(steps(1, 9))).isEqualTo(history);
        assertThat(History.startingAt(base(4)).with(steps(3, 6)).steps()).isEqualTo(steps(5, 6));
    }

    @Test
    void movesItsBasesOnOnceTheyAreFarEnough() {
        assertThat(history.movedTo(base(9), 3)).isEqualTo(new History(base(6), base(9), steps(7, 9)));
        assertThat(history.movedTo(base(8), 2)).isEqualTo(new History(base(6), base(8), steps(7, 9)));
        assertThat(history.movedTo(base(8), 3)).isEqualTo(history);
        assertThat(history.movedTo(base(6), 0)).isEqualTo(history);
    }

    @Test
    void takesNoBaseWhoseStepsItHasNot() {
        assertThat(history.movedTo(base(10), 1)).isEqualTo(history);
    }

    @Test
    void isCutToACountThatItKeeps() {
        assertThat(history.cutTo(9)).contains(history);
        assertThat(history.cutTo(7)).contains(new History(base(2), base(6), steps(3, 7)));
        assertThat(history.cutTo(6)).contains(new History(base(2), base(6), steps(3, 6)));
        assertThat(history.cutTo(5)).contains(new History(base(2), base(2), steps(3, 5)));
        assertThat(history.cutTo(2)).contains(History.startingAt(base(2)));
        assertThat(history.cutTo(1)).isEmpty();
        assertThat(history.cutTo(10)).isEmpty();
    }

    @Test
    void countsItsLastObservation() {
        assertThat(history.seq()).isEqualTo(9);
        assertThat(History.startingAt(base(3)).seq()).isEqualTo(3);
        assertThat(history.stepsAfter(7)).isEqualTo(steps(8, 9));
        assertThat(history.stepsAfter(0)).isEqualTo(steps(3, 9));
    }

    @Test
    void goesOnFromTheNewestStateThatIsKept() {
        byte[] state = {1, 2};
        Step milestone = new Step.Milestone(new Step.Text(8, "a"), state);
        List<Step> steps = List.of(new Step.Text(3, "b"), new Step.Text(7, "c"), milestone, new Step.Text(9, "d"));
        var withOne = new History(base(2), base(6), steps);

        assertThat(history.latest()).isEqualTo(base(6));
        assertThat(withOne.latest()).isEqualTo(new Base(8, state, 6, 6));
        assertThat(withOne.cutTo(8).orElseThrow().latest().seq()).isEqualTo(8);
        assertThat(withOne.cutTo(7).orElseThrow().latest()).isEqualTo(base(6));
    }

    @Test
    void isInOrder() {
        assertThatIllegalArgumentException().isThrownBy(() -> new History(base(3), base(2), List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> new History(base(3), base(3), steps(3, 4)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new History(base(3), base(3), List.of(new Step.Value(5, 1), new Step.Value(4, 1))));
    }
}
