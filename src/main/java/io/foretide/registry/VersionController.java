package io.foretide.registry;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import io.foretide.http.Page;
import io.foretide.http.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The versions of a model, and their artifacts. */
@Tag(name = "Models")
@RestController
@RequestMapping("/api/v1/models/{name}/versions")
class VersionController {
    private static final MediaType ZIP = MediaType.parseMediaType("application/zip");

    private final ModelRegistry registry;
    private final Imports imports;
    private final Exports exports;
    private final Store store;

    VersionController(ModelRegistry registry, Imports imports, Exports exports, Store store) {
        this.registry = registry;
        this.imports = imports;
        this.exports = exports;
        this.store = store;
    }

    @Operation(
            summary = "Imports an artifact as the next version of a model",
            description =
                    "What another service, or this one, gave out as the artifact of a version. The model is made where"
                            + " there is none. Bytes that a version of it has already add nothing: the answer is 200 and that"
                            + " version.",
            parameters =
                    @Parameter(
                            in = ParameterIn.HEADER,
                            name = ReprDigest.NAME,
                            description = "As the download said it; bytes that do not match are refused.",
                            schema = @Schema(type = "string")),
            requestBody =
                    @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = "application/zip",
                                            schema = @Schema(type = "string", format = "binary"))))
    @ApiResponse(
            responseCode = "201",
            description = "The new version, also found at the address in Location",
            content = @Content(examples = @ExampleObject(RegistryExamples.VERSION)))
    @ApiResponse(
            responseCode = "200",
            description = "The version that has these bytes already",
            content = @Content(examples = @ExampleObject(RegistryExamples.VERSION)))
    @PostMapping(consumes = "application/zip")
    ResponseEntity<VersionDocument> importVersion(
            @Parameter(example = "air") @PathVariable String name,
            @Parameter(
                            description = "Whether it becomes the champion",
                            schema =
                                    @Schema(
                                            allowableValues = {"if_no_champion", "always", "never"},
                                            defaultValue = "if_no_champion"))
                    @RequestParam(required = false)
                    @Nullable
                    String promote,
            @Parameter(hidden = true) @RequestHeader HttpHeaders headers,
            @Parameter(hidden = true) InputStream body) {
        var sent = new Imports.Sent(body, ReprDigest.sha256(headers.getFirst(ReprDigest.NAME)));
        Imports.Kept kept = imports.keep(ModelName.parse(name), sent, Promotion.parse(promote));
        ModelVersion version = kept.version();
        URI location = URI.create("/api/v1/models/%s/versions/%d".formatted(version.model(), version.version()));
        return ResponseEntity.status(kept.outcome() == Imports.Outcome.ADDED ? HttpStatus.CREATED : HttpStatus.OK)
                .location(location)
                .body(VersionDocument.of(version, store.aliases().pointingTo(version.model(), version.version())));
    }

    @Operation(summary = "Lists the versions of a model, newest first")
    @ApiResponse(
            responseCode = "200",
            description = "A page of versions",
            content = @Content(examples = @ExampleObject(RegistryExamples.VERSIONS)))
    @GetMapping
    Page<VersionDocument> versions(
            @Parameter(example = "air") @PathVariable String name,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        ModelName model = store.models().get(ModelName.parse(name)).name();
        PageRequest request = PageRequest.of(limit, cursor);
        Page<ModelVersion> page =
                Page.of(store.versions().list(model, request), request, version -> String.valueOf(version.version()));
        Map<Integer, List<String>> aliases = store.aliases().all(model).stream()
                .collect(groupingBy(
                        ModelAlias::version, mapping(alias -> alias.alias().name(), toList())));
        return page.map(version -> VersionDocument.of(version, aliases.getOrDefault(version.version(), List.of())));
    }

    @Operation(summary = "Shows a version: how it came about, and how well it did")
    @ApiResponse(
            responseCode = "200",
            description = "The version",
            content = @Content(examples = @ExampleObject(RegistryExamples.VERSION)))
    @GetMapping("/{version}")
    VersionDocument version(
            @Parameter(example = "air") @PathVariable String name,
            @Parameter(example = "1") @PathVariable String version) {
        ModelVersion found = find(name, version);
        return VersionDocument.of(found, store.aliases().pointingTo(found.model(), found.version()));
    }

    @Operation(
            summary = "Deletes a version",
            description = "Refused with 409 while an alias points to it or something uses it."
                    + " Its number is never given again.")
    @ApiResponse(responseCode = "204", description = "Deleted")
    @DeleteMapping("/{version}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void deleteVersion(
            @Parameter(example = "air") @PathVariable String name,
            @Parameter(example = "1") @PathVariable String version) {
        registry.deleteVersion(
                ModelName.parse(name), Selector.Version.parse(version).number());
    }

    @Operation(
            summary = "Downloads the artifact of a version",
            description =
                    "One zip. The header Repr-Digest holds its SHA-256. In the format dl4j it is the recurrent layers"
                            + " and the head of one network as a file of Deeplearning4j's ModelSerializer, without that header;"
                            + " a network of gru cells has none.")
    @ApiResponse(
            responseCode = "200",
            description = "The artifact",
            content = @Content(mediaType = "application/zip", schema = @Schema(type = "string", format = "binary")))
    @GetMapping("/{version}/artifact")
    ResponseEntity<InputStreamResource> artifact(
            @Parameter(example = "air") @PathVariable String name,
            @Parameter(example = "1") @PathVariable String version,
            @Parameter(
                            description = "In which form",
                            schema =
                                    @Schema(
                                            allowableValues = {"foretide", "dl4j"},
                                            defaultValue = "foretide"))
                    @RequestParam(required = false)
                    @Nullable
                    String format,
            @Parameter(
                            description = "Which of the networks behind the version, in the format dl4j",
                            schema = @Schema(type = "integer", format = "int32", minimum = "1", defaultValue = "1"))
                    @RequestParam(required = false)
                    @Nullable
                    Integer member) {
        ArtifactFormat asked = ArtifactFormat.parse(format);
        int network = asked.member(member);
        ModelVersion found = find(name, version);
        return switch (asked) {
            case FORETIDE -> own(found);
            case DEEPLEARNING4J -> deeplearning4j(found, network);
        };
    }

    private ResponseEntity<InputStreamResource> own(ModelVersion found) {
        String sha256 = found.artifact().sha256();
        return zip(found.model() + "-" + found.version() + ".zip", sha256)
                .contentLength(found.artifact().size())
                .header(ReprDigest.NAME, ReprDigest.of(sha256))
                .body(new InputStreamResource(() -> store.artifacts().open(found)));
    }

    /** Computed only when its first byte is to be sent, which is not so where the client has it already. */
    private ResponseEntity<InputStreamResource> deeplearning4j(ModelVersion found, int member) {
        String form = member == 1 ? "-dl4j" : "-dl4j-" + member;
        return zip(
                        found.model() + "-" + found.version() + form + ".zip",
                        found.artifact().sha256() + form)
                .body(new InputStreamResource(() -> exports.deeplearning4j(found, member)));
    }

    private static ResponseEntity.BodyBuilder zip(String filename, String tag) {
        ContentDisposition attachment =
                ContentDisposition.attachment().filename(filename).build();
        return ResponseEntity.ok()
                .contentType(ZIP)
                .eTag(tag)
                .header(HttpHeaders.CONTENT_DISPOSITION, attachment.toString());
    }

    private ModelVersion find(String name, String version) {
        return registry.resolve(new ModelReference(ModelName.parse(name), Selector.Version.parse(version)));
    }
}
