package io.foretide.streaming;

import io.foretide.http.JsonMessages;
import io.foretide.http.RequestReader;
import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.constraints.Pattern;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;

/** Sessions for clients that have no WebSocket: a request a message, with the token in a header. */
@RestController
@RequestMapping(path = SessionController.PATH, produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(
        name = SessionController.TAG,
        description = "Forecasts, labels and texts from a state that is kept between messages")
final class SessionController {
    static final String TAG = "Sessions";
    static final String PATH = "/api/v1/sessions";
    static final String TOKEN = "Foretide-Session-Token";

    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final SessionService sessions;
    private final MessageDecoder decoder;
    private final MessageEncoder encoder;
    private final JsonMessages messages;
    private final RequestReader requests;
    private final SessionProperties properties;

    /** What to fork a session to. */
    record ForkRequest(
            @Pattern(regexp = ClientMessage.NAME, message = ClientMessage.NAME_ADVICE) @Nullable
            String newSession) {}

    /** What a snapshot told. */
    record StateRequest(String state) {}

    SessionController(
            SessionService sessions,
            MessageDecoder decoder,
            MessageEncoder encoder,
            JsonMessages messages,
            RequestReader requests,
            SessionProperties properties) {
        this.sessions = sessions;
        this.decoder = decoder;
        this.encoder = encoder;
        this.messages = messages;
        this.requests = requests;
        this.properties = properties;
    }

    @PostMapping
    @Operation(
            summary = "Opens a session",
            description = "The answer has the token that all other requests about the session show.",
            requestBody =
                    @RequestBody(
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                                            examples = @ExampleObject(SessionExamples.OPEN))),
            responses =
                    @ApiResponse(
                            responseCode = "201",
                            description = "The session is open",
                            content = @Content(examples = @ExampleObject(SessionExamples.OPENED))))
    DeferredResult<ResponseEntity<String>> open(HttpServletRequest request) {
        return ask(null, decoder.open(request), exchange -> switch (exchange.first()) {
            case ServerMessage.Opened opened -> created(opened.session(), exchange);
            default -> answer(exchange);
        });
    }

    @GetMapping("/{id}")
    @Operation(
            summary = "Shows a session",
            responses =
                    @ApiResponse(
                            responseCode = "200",
                            description = "The session",
                            content = @Content(examples = @ExampleObject(SessionExamples.RESUMED))))
    @ShowsToken
    DeferredResult<ResponseEntity<String>> show(
            @Parameter(example = "passengers") @PathVariable String id, HttpServletRequest request) {
        String token = token(request);
        return ask(token, new ClientMessage.Resume(null, token, null), exchange -> {
            if (exchange.first() instanceof ServerMessage.Resumed resumed
                    && !resumed.session().equals(id)) {
                throw SessionProblems.invalidToken();
            }
            return answer(exchange);
        });
    }

    @DeleteMapping("/{id}")
    @Operation(summary = "Closes a session for good", responses = @ApiResponse(responseCode = "200"))
    @ShowsToken
    DeferredResult<ResponseEntity<String>> close(
            @Parameter(example = "passengers") @PathVariable String id, HttpServletRequest request) {
        return ask(token(request), new ClientMessage.Close(null, id), this::answer);
    }

    @PostMapping("/{id}/observations")
    @Operation(
            summary = "Adds an observation or a piece of text, or a list of them",
            description =
                    "The answer to a list has an entry each under answers, errors among them. Where that would be long, older forecasts give way to the newest, and a warning says so.",
            requestBody =
                    @RequestBody(
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                                            examples = {
                                                @ExampleObject(name = "one", value = SessionExamples.OBSERVE),
                                                @ExampleObject(name = "list", value = SessionExamples.OBSERVE_LIST),
                                                @ExampleObject(name = "text", value = SessionExamples.TEXT)
                                            })),
            responses =
                    @ApiResponse(
                            responseCode = "200",
                            description = "The forecast or the label from here on, or what was acknowledged",
                            content = @Content(examples = @ExampleObject(SessionExamples.FORECAST))))
    @ShowsToken
    DeferredResult<ResponseEntity<String>> observe(
            @Parameter(example = "passengers") @PathVariable String id, HttpServletRequest request) {
        String body = messages.text(request, properties.maxMessageSize().toBytes());
        var observations = decoder.observations(id, body);
        if (body.stripLeading().startsWith("{")) {
            return ask(token(request), observations.getFirst(), this::answer);
        }
        if (observations.isEmpty()) {
            throw SessionProblems.invalid("", "holds no observation");
        }
        return ask(token(request), observations, exchange -> ResponseEntity.ok(exchange.allAsJson(encoder)));
    }

    @PostMapping("/{id}/forecast")
    @Operation(
            summary = "Forecasts from where the session stands",
            requestBody =
                    @RequestBody(
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                                            examples = @ExampleObject(SessionExamples.ASK))),
            responses =
                    @ApiResponse(
                            responseCode = "200",
                            description = "The forecast",
                            content = @Content(examples = @ExampleObject(SessionExamples.FORECAST))))
    @ShowsToken
    DeferredResult<ResponseEntity<String>> forecast(
            @Parameter(example = "passengers") @PathVariable String id, HttpServletRequest request) {
        String body = messages.text(request, properties.maxMessageSize().toBytes());
        return ask(token(request), decoder.forecast(id, body), this::answer);
    }

    @PostMapping("/{id}/classify")
    @Operation(
            summary = "Labels what the session has walked",
            responses =
                    @ApiResponse(
                            responseCode = "200",
                            description = "The label, with the probabilities of all",
                            content = @Content(examples = @ExampleObject(SessionExamples.CLASSIFICATION))))
    @ShowsToken
    DeferredResult<ResponseEntity<String>> classify(
            @Parameter(example = "weather") @PathVariable String id, HttpServletRequest request) {
        return ask(token(request), new ClientMessage.AskClassification(null, id), this::answer);
    }

    @PostMapping("/{id}/generate")
    @Operation(
            summary = "Continues the text that the session has read",
            description =
                    "The session walks on in the continuation, which counts as an observation. With seq it happens once, however often it is asked for.",
            requestBody =
                    @RequestBody(
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                                            examples = @ExampleObject(SessionExamples.GENERATE))),
            responses =
                    @ApiResponse(
                            responseCode = "200",
                            description = "The continuation",
                            content = @Content(examples = @ExampleObject(SessionExamples.GENERATED))))
    @ShowsToken
    DeferredResult<ResponseEntity<String>> generate(
            @Parameter(example = "tale") @PathVariable String id, HttpServletRequest request) {
        var asked = requests.readJson(request, ContinuationRequest.class);
        return ask(token(request), asked.of(id), this::answer);
    }

    @PostMapping("/{id}/fork")
    @Operation(
            summary = "Begins another session in the state of this one",
            requestBody =
                    @RequestBody(
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                                            examples = @ExampleObject(SessionExamples.FORK))),
            responses = @ApiResponse(responseCode = "201", description = "The new session is open"))
    @ShowsToken
    DeferredResult<ResponseEntity<String>> fork(
            @Parameter(example = "passengers") @PathVariable String id, HttpServletRequest request) {
        String name = requests.readJsonIfSent(request, ForkRequest.class)
                .map(ForkRequest::newSession)
                .orElse(null);
        return ask(token(request), new ClientMessage.Fork(null, id, name), exchange -> switch (exchange.first()) {
            case ServerMessage.Forked forked -> created(forked.newSession(), exchange);
            default -> answer(exchange);
        });
    }

    @GetMapping("/{id}/state")
    @Operation(summary = "Tells the state, to be restored later or elsewhere")
    @ShowsToken
    DeferredResult<ResponseEntity<String>> snapshot(
            @Parameter(example = "passengers") @PathVariable String id, HttpServletRequest request) {
        return ask(token(request), new ClientMessage.Snapshot(null, id), this::answer);
    }

    @PutMapping("/{id}/state")
    @Operation(
            summary = "Puts the session in a state that was told before",
            requestBody =
                    @RequestBody(
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                                            examples = @ExampleObject(SessionExamples.STATE))))
    @ShowsToken
    DeferredResult<ResponseEntity<String>> restore(
            @Parameter(example = "passengers") @PathVariable String id, HttpServletRequest request) {
        String state = requests.readJson(request, StateRequest.class).state();
        return ask(token(request), new ClientMessage.Restore(null, id, state), this::answer);
    }

    private static String token(HttpServletRequest request) {
        String token = request.getHeader(TOKEN);
        if (token == null) {
            throw SessionProblems.invalidToken();
        }
        return token;
    }

    private DeferredResult<ResponseEntity<String>> ask(
            @Nullable String token, ClientMessage message, Function<Exchange, ResponseEntity<String>> answer) {
        return ask(token, List.of(message), answer);
    }

    private DeferredResult<ResponseEntity<String>> ask(
            @Nullable String token,
            List<? extends ClientMessage> messages,
            Function<Exchange, ResponseEntity<String>> answer) {
        var request = new SessionRequest(
                sessions, token, messages, properties.outboxSize().toBytes());
        var result = new DeferredResult<ResponseEntity<String>>(
                properties.requestTimeout().toMillis(), this::timedOut);
        result.onCompletion(request::end);
        request.answered().thenApply(answer).whenComplete((response, failure) -> {
            if (failure == null) {
                result.setResult(response);
            } else {
                result.setErrorResult(failure);
            }
        });
        request.ask();
        return result;
    }

    private ProblemException timedOut() {
        return new ProblemException(
                        ProblemType.TIMED_OUT,
                        "There was no answer within %s. What was sent may still be applied: ask where the session stands, and repeat what is missing."
                                .formatted(properties.requestTimeout()))
                .retryAfter(RETRY_AFTER);
    }

    private ResponseEntity<String> answer(Exchange exchange) {
        if (exchange.first() instanceof ServerMessage.Failed failed) {
            throw failed.problem();
        }
        return ResponseEntity.ok(exchange.firstAsJson(encoder));
    }

    private ResponseEntity<String> created(String session, Exchange exchange) {
        return ResponseEntity.created(URI.create(PATH + "/" + session)).body(exchange.firstAsJson(encoder));
    }
}
