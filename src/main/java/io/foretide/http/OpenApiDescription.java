package io.foretide.http;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.providers.ObjectMapperProvider;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the OpenAPI document says about the service as a whole. */
@Configuration(proxyBeanMethods = false)
class OpenApiDescription {
    private static final String DESCRIPTION = """
            Trains recurrent networks on your series and answers with forecasts and their uncertainty.

            JSON is `snake_case`; numbers are finite, `null` is a missing observation; times are ISO-8601. Unknown fields
            are an error. Bodies may be sent with `Content-Encoding: gzip`. Every error is a problem document whose `type`
            is the address of a page that says what to do; all are listed at [/problems](/problems).
            """;
    private static final String PROBLEM = "Problem";

    @Bean
    OpenAPI openApi(ObjectProvider<BuildProperties> build) {
        String version =
                build.stream().findFirst().map(BuildProperties::getVersion).orElse("development");
        return new OpenAPI()
                .info(new Info()
                        .title("Foretide")
                        .version(version)
                        .description(DESCRIPTION)
                        .license(new License().name("Apache-2.0").identifier("Apache-2.0")));
    }

    /** Names fields as they are on the wire: the document is made with another Jackson than the answers. */
    @Bean
    ModelResolver wireNames(ObjectMapperProvider mappers) {
        return new ModelResolver(
                        mappers.jsonMapper().copy().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE))
                .openapi31(true);
    }

    @Bean
    OpenApiCustomizer problemsOfEveryOperation() {
        return document -> {
            document.getComponents().addSchemas(PROBLEM, problem());
            document.getPaths().values().stream()
                    .map(PathItem::readOperations)
                    .flatMap(List::stream)
                    .forEach(OpenApiDescription::addProblem);
        };
    }

    /** A line is text: shown as an object it would be printed over several lines, which are refused. */
    @Bean
    OpenApiCustomizer linesAsText() {
        return document -> document.getPaths().values().stream()
                .map(PathItem::readOperations)
                .flatMap(List::stream)
                .flatMap(operation -> Stream.ofNullable(operation.getRequestBody()))
                .flatMap(body -> Stream.ofNullable(body.getContent().get("application/x-ndjson")))
                .forEach(OpenApiDescription::writeLine);
    }

    private static void writeLine(MediaType lines) {
        if (lines.getExample() != null) {
            lines.setExample(lines.getExample() + "\n");
        }
        if (lines.getExamples() != null) {
            lines.getExamples().values().forEach(example -> example.setValue(example.getValue() + "\n"));
        }
    }

    private static void addProblem(Operation operation) {
        MediaType document = new MediaType().schema(new Schema<>().$ref("#/components/schemas/" + PROBLEM));
        operation
                .getResponses()
                .setDefault(new ApiResponse()
                        .description("What is wrong, and what to do about it")
                        .content(new Content().addMediaType("application/problem+json", document)));
    }

    private static Schema<?> problem() {
        Schema<?> place = type("object")
                .addProperty("pointer", text("A JSON pointer, a parameter, or a line"))
                .addProperty("detail", text("What is wrong there"));
        return type("object")
                .addProperty("type", text("The kind of problem: the path of its page"))
                .addProperty("title", text("The kind of problem in words"))
                .addProperty("status", type("integer").description("The HTTP status"))
                .addProperty("detail", text("What happened, the value and the limit, and what to do"))
                .addProperty("instance", text("The path of the request"))
                .addProperty("errors", type("array").items(place).description("The places that are wrong"));
    }

    private static Schema<?> text(String description) {
        return type("string").description(description);
    }

    private static Schema<?> type(String type) {
        return new Schema<>().types(Set.of(type));
    }
}
