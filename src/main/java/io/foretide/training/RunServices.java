package io.foretide.training;

import java.time.Clock;
import org.springframework.stereotype.Component;

/** What every run works with. */
@Component
record RunServices(
        JobTransitions transitions,
        JobCheckpoints checkpoints,
        TrainingMetrics metrics,
        TrainingProperties limits,
        Clock clock) {}
