package io.foretide.registry;

import io.foretide.http.Page;
import io.foretide.http.PageRequest;
import io.foretide.http.RequestReader;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The aliases of a model. Each answer about one carries its revision as ETag. */
@Tag(name = "Models")
@RestController
@RequestMapping("/api/v1/models/{name}/aliases")
class AliasController {
    private final Changes changes;
    private final Store store;
    private final RequestReader requests;

    AliasController(Changes changes, Store store, RequestReader requests) {
        this.changes = changes;
        this.store = store;
        this.requests = requests;
    }

    @Operation(summary = "Lists the aliases of a model, by name", description = "Without the computed alias latest.")
    @ApiResponse(
            responseCode = "200",
            description = "A page of aliases",
            content = @Content(examples = @ExampleObject(RegistryExamples.ALIASES)))
    @GetMapping
    Page<AliasDocument> aliases(
            @Parameter(example = "air") @PathVariable String name,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        ModelName model = store.models().get(ModelName.parse(name)).name();
        PageRequest request = PageRequest.of(limit, cursor);
        Page<ModelAlias> page = Page.of(
                store.aliases().list(model, request),
                request,
                alias -> alias.alias().name());
        return page.map(AliasDocument::of);
    }

    @Operation(summary = "Shows where an alias points")
    @ApiResponse(
            responseCode = "200",
            description = "The alias",
            content = @Content(examples = @ExampleObject(RegistryExamples.ALIAS)))
    @GetMapping("/{alias}")
    ResponseEntity<AliasDocument> alias(
            @Parameter(example = "air") @PathVariable String name,
            @Parameter(example = "champion") @PathVariable String alias) {
        ModelName model = store.models().get(ModelName.parse(name)).name();
        Selector.Alias wanted = Selector.Alias.parse(alias);
        return answer(store.aliases().find(model, wanted).orElseThrow(() -> AliasTable.unknown(model, wanted)));
    }

    @Operation(
            summary = "Points an alias to a version, and makes it where it does not exist yet",
            description =
                    "Requests without an alias follow champion. The alias latest is computed and cannot be set. One that"
                            + " points there already changes only where there is another reason, which is then kept.",
            parameters =
                    @Parameter(
                            in = ParameterIn.HEADER,
                            name = "If-None-Match",
                            description = "With *: only where there is no such alias yet.",
                            schema = @Schema(type = "string")),
            requestBody =
                    @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = "application/json",
                                            schema = @Schema(implementation = AliasRequest.class),
                                            examples = @ExampleObject(RegistryExamples.MOVE))))
    @ApiResponse(
            responseCode = "200",
            description = "The alias as it points now",
            content = @Content(examples = @ExampleObject(RegistryExamples.ALIAS)))
    @TakesIfMatch
    @PutMapping("/{alias}")
    ResponseEntity<AliasDocument> moveAlias(
            @Parameter(example = "air") @PathVariable String name,
            @Parameter(example = "champion") @PathVariable String alias,
            @Parameter(hidden = true) @RequestHeader HttpHeaders headers,
            @Parameter(hidden = true) HttpServletRequest request) {
        AliasRequest wanted = requests.readJson(request, AliasRequest.class);
        return answer(changes.moveAlias(change(name, alias, headers, wanted.reason()), wanted.version()));
    }

    @Operation(
            summary = "Points an alias back to the version before the present one",
            description = "Each rollback goes one step further back, over versions that were deleted meanwhile; a move"
                    + " begins anew. A rollback is a move of its own, and a repeat is another one: send If-Match.",
            requestBody =
                    @RequestBody(
                            content =
                                    @Content(
                                            mediaType = "application/json",
                                            schema = @Schema(implementation = RollbackRequest.class),
                                            examples = @ExampleObject(RegistryExamples.ROLLBACK))))
    @ApiResponse(
            responseCode = "200",
            description = "The alias as it points now",
            content = @Content(examples = @ExampleObject(RegistryExamples.ALIAS)))
    @TakesIfMatch
    @PostMapping("/{alias}/rollback")
    ResponseEntity<AliasDocument> rollBackAlias(
            @Parameter(example = "air") @PathVariable String name,
            @Parameter(example = "champion") @PathVariable String alias,
            @Parameter(hidden = true) @RequestHeader HttpHeaders headers,
            @Parameter(hidden = true) HttpServletRequest request) {
        Optional<RollbackRequest> wanted = requests.readJsonIfSent(request, RollbackRequest.class);
        String reason = wanted.map(RollbackRequest::reason).orElse(null);
        return answer(changes.rollBackAlias(change(name, alias, headers, reason)));
    }

    @Operation(
            summary = "Lists the moves of an alias, newest first",
            description = "With its removals, and also after it is gone.")
    @ApiResponse(
            responseCode = "200",
            description = "A page of moves",
            content = @Content(examples = @ExampleObject(RegistryExamples.MOVES)))
    @GetMapping("/{alias}/history")
    Page<MoveDocument> history(
            @Parameter(example = "air") @PathVariable String name,
            @Parameter(example = "champion") @PathVariable String alias,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        ModelName model = ModelName.parse(name);
        Selector.Alias wanted = Selector.Alias.parse(alias);
        PageRequest request = PageRequest.of(limit, cursor);
        List<AliasTable.KeptMove> moves = store.aliases().history(model, wanted, request);
        if (moves.isEmpty() && cursor == null) {
            store.models().get(model);
            throw AliasTable.unknown(model, wanted);
        }
        return Page.of(moves, request, move -> String.valueOf(move.id())).map(MoveDocument::of);
    }

    @Operation(
            summary = "Removes an alias",
            description =
                    "The alias champion is what the bare name of the model means, and cannot be removed: move it.")
    @ApiResponse(responseCode = "204", description = "Removed")
    @TakesIfMatch
    @DeleteMapping("/{alias}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void removeAlias(
            @Parameter(example = "air") @PathVariable String name,
            @Parameter(example = "stable") @PathVariable String alias,
            @Parameter(hidden = true) @RequestHeader HttpHeaders headers) {
        changes.removeAlias(change(name, alias, headers, null));
    }

    private static AliasChange change(String name, String alias, HttpHeaders headers, @Nullable String reason) {
        return new AliasChange(
                ModelName.parse(name),
                Selector.Alias.parse(alias),
                Cause.ofClient(Objects.requireNonNullElse(reason, "")),
                Precondition.of(headers));
    }

    private static ResponseEntity<AliasDocument> answer(ModelAlias alias) {
        return ResponseEntity.ok().eTag(alias.entityTag()).body(AliasDocument.of(alias));
    }
}
