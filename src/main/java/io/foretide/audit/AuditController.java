package io.foretide.audit;

import io.foretide.http.DataField;
import io.foretide.http.RequestReader;
import io.foretide.http.SeriesFields;
import io.foretide.http.SettingsInQuery;
import io.foretide.series.SentSeries;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Audits over HTTP. */
@Tag(name = "Audit", description = "What is wrong or odd with series, before a training")
@RestController
final class AuditController {
    private final RequestReader requests;
    private final DataField<List<SentSeries>> series;
    private final Audit audit;

    AuditController(RequestReader requests, SeriesFields fields, Audit audit) {
        this.requests = requests;
        this.series = fields.sent("/series");
        this.audit = audit;
    }

    @PostMapping(path = "/api/v1/audit", produces = "application/json")
    @Operation(
            summary = "Tells what is wrong or odd with series",
            description = "Takes series in every form that a training takes, and also those that a training would"
                    + " refuse. With CSV and JSON Lines the settings are query parameters. Nothing is kept.",
            requestBody =
                    @RequestBody(
                            required = true,
                            content = {
                                @Content(
                                        mediaType = "application/json",
                                        schema = @Schema(type = "object"),
                                        examples = @ExampleObject(AuditExamples.REQUEST)),
                                @Content(
                                        mediaType = "text/csv",
                                        schema = @Schema(type = "string"),
                                        examples = @ExampleObject(AuditExamples.CSV)),
                                @Content(
                                        mediaType = "application/x-ndjson",
                                        schema = @Schema(type = "string"),
                                        examples = @ExampleObject(AuditExamples.JSON_LINES))
                            }))
    @SettingsInQuery(AuditRequest.class)
    AuditReport audit(@Parameter(hidden = true) HttpServletRequest request) {
        var body = requests.read(request, AuditRequest.class, series);
        return audit.audit(body.data(), body.settings());
    }
}
