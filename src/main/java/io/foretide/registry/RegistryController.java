package io.foretide.registry;

import io.foretide.http.Page;
import io.foretide.http.PageRequest;
import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What models there are. */
@Tag(name = "Models", description = "Named models, their immutable versions and movable aliases")
@RestController
@RequestMapping("/api/v1/models")
class RegistryController {
    private static final Pattern TASK = Pattern.compile("[a-z]{1,32}");

    private final ModelRegistry registry;
    private final Store store;

    RegistryController(ModelRegistry registry, Store store) {
        this.registry = registry;
        this.store = store;
    }

    @Operation(summary = "Lists the models, by name")
    @ApiResponse(
            responseCode = "200",
            description = "A page of models",
            content = @Content(examples = @ExampleObject(RegistryExamples.MODELS)))
    @GetMapping
    Page<ModelDocument> models(
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor,
            @Parameter(description = "Only models of this task", example = "forecast")
                    @RequestParam(required = false)
                    @Nullable
                    String task) {
        PageRequest request = PageRequest.of(limit, cursor);
        Page<ModelTable.Summary> page = Page.of(
                store.models().list(request, requireTask(task)),
                request,
                model -> model.name().value());
        Map<ModelName, Map<String, Integer>> aliases = store.aliases()
                .of(page.items().stream().map(ModelTable.Summary::name).toList());
        return page.map(model -> ModelDocument.of(model, aliases.getOrDefault(model.name(), Map.of())));
    }

    private static @Nullable String requireTask(@Nullable String task) {
        if (task != null && !TASK.matcher(task).matches()) {
            throw new ProblemException(
                    ProblemType.INVALID_PARAMETER, "task must be the name of a task, such as forecast.");
        }
        return task;
    }

    @Operation(summary = "Shows a model")
    @ApiResponse(
            responseCode = "200",
            description = "The model",
            content = @Content(examples = @ExampleObject(RegistryExamples.MODEL)))
    @GetMapping("/{name}")
    ModelDocument model(@Parameter(example = "air") @PathVariable String name) {
        ModelTable.Summary model = store.models().get(ModelName.parse(name));
        return ModelDocument.of(model, store.aliases().of(List.of(model.name())).getOrDefault(model.name(), Map.of()));
    }

    @Operation(
            summary = "Deletes a model with its versions and aliases",
            description = "Refused with 409 while something uses it. Its version numbers are never given again.")
    @ApiResponse(responseCode = "204", description = "Deleted")
    @DeleteMapping("/{name}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void deleteModel(@Parameter(example = "air") @PathVariable String name) {
        registry.deleteModel(ModelName.parse(name));
    }
}
