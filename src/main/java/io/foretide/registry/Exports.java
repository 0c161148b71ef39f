package io.foretide.registry;

import io.foretide.network.Deeplearning4jFile;
import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.stereotype.Component;

/** Versions in the formats of other programs. Each is held in memory until it is sent, so there are only a few at a time. */
@Component
final class Exports {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final Artifacts artifacts;
    private final RegistryProperties limits;
    private final Semaphore places;

    Exports(Artifacts artifacts, RegistryProperties limits) {
        this.artifacts = artifacts;
        this.limits = limits;
        this.places = new Semaphore(limits.maxExports());
    }

    /** A network of a version, counted from 1, as a file of Deeplearning4j; its place is free again as soon as the stream is closed. */
    InputStream deeplearning4j(ModelVersion version, int member) {
        if (!places.tryAcquire()) {
            throw tooMany();
        }
        byte[] file;
        try {
            file = switch (Model.read(artifacts.read(version))) {
                case Model.Forecasting(var predictor) -> Deeplearning4jFile.write(predictor, member);
                case Model.Classifying _, Model.Generating _ -> throw noFile(version);
            };
        } catch (RuntimeException | Error e) {
            places.release();
            throw e;
        }
        var open = new AtomicBoolean(true);
        return new ByteArrayInputStream(file) {
            @Override
            public void close() {
                if (open.getAndSet(false)) {
                    places.release();
                }
            }
        };
    }

    private static ProblemException noFile(ModelVersion version) {
        String detail =
                "%s is of the task %s, and only versions that forecast are given out for Deeplearning4j. Leave format out to get its artifact."
                        .formatted(version.reference(), version.task());
        return new ProblemException(ProblemType.NOT_SUPPORTED, detail).at("format", detail);
    }

    private ProblemException tooMany() {
        return new ProblemException(
                        ProblemType.TOO_MANY_EXPORTS,
                        "%d versions are being exported already, and the limit is %d. Try again later, or raise foretide.registry.max-exports."
                                .formatted(limits.maxExports(), limits.maxExports()))
                .with("limit", limits.maxExports())
                .retryAfter(RETRY_AFTER);
    }
}
