package io.foretide.training;

import io.foretide.http.DataRequest;
import io.foretide.http.RequestReader;
import io.foretide.http.SettingsInQuery;
import io.foretide.registry.ModelName;
import io.foretide.registry.RegistryRoom;
import io.foretide.training.Submissions.Submission;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Takes trainings in. */
@Tag(name = "Training")
@RestController
class TrainingController {
    private final RequestReader reader;
    private final TrainingTasks tasks;
    private final Admission admission;
    private final Submissions submissions;
    private final TrainingJobs jobs;
    private final JobTable table;
    private final RegistryRoom room;

    TrainingController(
            RequestReader reader,
            TrainingTasks tasks,
            Admission admission,
            Submissions submissions,
            TrainingJobs jobs,
            JobTable table,
            RegistryRoom room) {
        this.reader = reader;
        this.tasks = tasks;
        this.admission = admission;
        this.submissions = submissions;
        this.jobs = jobs;
        this.table = table;
        this.room = room;
    }

    @TrainOperation
    @ApiResponse(
            responseCode = "202",
            description = "The job, also found at the address in Location",
            content = @Content(examples = @ExampleObject(TrainingExamples.JOB)))
    @SettingsInQuery(TrainRequest.class)
    @PostMapping("/api/v1/models/{name}/train")
    ResponseEntity<JobDocument> train(
            @Parameter(example = "air") @PathVariable String name,
            @Parameter(hidden = true) HttpServletRequest request) {
        ModelName model = ModelName.parse(name);
        IdempotencyKey key = key(request);
        room.requireRoom(model);
        DataRequest<Sent, TrainRequest> read = reader.read(
                request,
                TrainRequest.class,
                tasks.fields(),
                settings -> tasks.of(settings.taskOrDefault()).field());
        Admitted<?> work = read.data().admit(admission.settings(model, read.settings()));
        String id = submissions.submit(new Submission(model, work, key));
        return ResponseEntity.accepted()
                .location(URI.create("/api/v1/jobs/" + id))
                .body(JobDocument.of(jobs.get(id), table.audit(id).orElse(null), null));
    }

    private static @Nullable IdempotencyKey key(HttpServletRequest request) {
        String header = request.getHeader(IdempotencyKey.HEADER);
        return header == null ? null : new IdempotencyKey(header);
    }
}
