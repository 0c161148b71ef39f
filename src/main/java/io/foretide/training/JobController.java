package io.foretide.training;

import io.foretide.http.Page;
import io.foretide.http.PageRequest;
import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import io.foretide.registry.ModelName;
import io.foretide.training.JobTable.Filter;
import io.swagger.v3.oas.annotations.Hidden;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.NativeWebRequest;

/** Tells how trainings go, and ends them. */
@Tag(name = "Training")
@RestController
@RequestMapping("/api/v1/jobs")
class JobController {
    /** A curve of more epochs than these is for the record of the version. */
    private static final int MOST_LOSSES = 1000;

    private final TrainingJobs jobs;
    private final JobTable table;
    private final JobEvents events;

    JobController(TrainingJobs jobs, JobTable table, JobEvents events) {
        this.jobs = jobs;
        this.table = table;
        this.events = events;
    }

    @Operation(summary = "Lists jobs, newest first")
    @ApiResponse(
            responseCode = "200",
            description = "A page of jobs",
            content = @Content(examples = @ExampleObject(TrainingExamples.JOBS)))
    @GetMapping
    Page<JobDocument> jobs(
            @Parameter(description = "Only jobs of this model") @RequestParam(required = false) @Nullable String model,
            @Parameter(
                            description = "Only jobs in this state",
                            schema =
                                    @Schema(
                                            allowableValues = {"queued", "running", "succeeded", "failed", "cancelled"
                                            }))
                    @RequestParam(required = false)
                    @Nullable
                    String state,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        var filter = new Filter(model == null ? null : ModelName.parse(model), state == null ? null : parse(state));
        return jobs.list(filter, PageRequest.of(limit, cursor)).map(JobDocument::of);
    }

    private static JobState parse(String state) {
        return JobState.ofWireName(state)
                .orElseThrow(() -> new ProblemException(
                                ProblemType.INVALID_PARAMETER,
                                "There is no such state of a job. Use queued, running, succeeded, failed or cancelled.")
                        .at("state"));
    }

    @Operation(summary = "Shows a job, with the losses of its epochs and what was odd with its series")
    @ApiResponse(
            responseCode = "200",
            description = "The job",
            content = @Content(examples = @ExampleObject(TrainingExamples.JOB)))
    @GetMapping("/{id}")
    JobDocument job(@PathVariable String id) {
        Job job = jobs.get(id);
        return JobDocument.of(job, table.audit(id).orElse(null), table.lastLosses(id, MOST_LOSSES));
    }

    @Operation(
            summary = "Cancels a job",
            description = "One that waits never starts; one that runs ends soon. A repeat changes nothing."
                    + " 409 where the job has succeeded or failed.")
    @ApiResponse(responseCode = "200", description = "The cancelled job")
    @PostMapping("/{id}/cancel")
    JobDocument cancel(@PathVariable String id) {
        return JobDocument.of(jobs.cancel(id));
    }

    @Operation(
            summary = "Follows a job",
            description = "Server-sent events: progress for each epoch and phase, then one of succeeded, failed or"
                    + " cancelled. The data of each is the job. With the header Last-Event-ID, as clients send it when"
                    + " they reconnect, those that were missed come first.")
    @ApiResponse(
            responseCode = "200",
            description = "The events",
            content = @Content(mediaType = "text/event-stream", examples = @ExampleObject(TrainingExamples.EVENT)))
    @ApiResponse(
            responseCode = "204",
            description = "The job's last event is the one that was received: do not reconnect",
            content = @Content)
    @GetMapping(path = "/{id}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    void events(
            @PathVariable String id,
            @Parameter(description = "The id of the last event that was received")
                    @RequestHeader(name = "Last-Event-ID", defaultValue = "")
                    String lastEventId,
            NativeWebRequest exchange,
            HttpServletResponse response)
            throws IOException {
        Job job = jobs.get(id);
        Moment seen = lastEventId.isEmpty() ? null : Moment.parse(lastEventId, job);
        if (seen != null && seen.isLast()) {
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
        } else {
            var request = Objects.requireNonNull(exchange.getNativeRequest(HttpServletRequest.class));
            events.follow(job, seen, () -> new EventStream(request, response));
        }
    }

    /** Without a stream, which nobody would read. */
    @Hidden
    @RequestMapping(path = "/{id}/events", method = RequestMethod.HEAD)
    ResponseEntity<Void> headOfEvents(@PathVariable String id) {
        jobs.get(id);
        return ResponseEntity.ok().contentType(MediaType.TEXT_EVENT_STREAM).build();
    }
}
