package io.foretide.http.testing;

import io.foretide.http.DataField;
import io.foretide.http.DataRequest;
import io.foretide.http.Page;
import io.foretide.http.PageRequest;
import io.foretide.http.RequestReader;
import io.foretide.http.SeriesFields;
import io.foretide.http.SettingsInQuery;
import io.foretide.http.TextFields;
import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import io.foretide.series.TimeSeries;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;

/** Endpoints that read bodies, and endpoints that fail. */
@TestComponent
@RestController
@RequestMapping("/trial")
class TrialController {
    private final RequestReader requests;
    private final SeriesFields fields;
    private final TextFields texts;

    TrialController(RequestReader requests, SeriesFields fields, TextFields texts) {
        this.requests = requests;
        this.fields = fields;
        this.texts = texts;
    }

    /** What was understood of a body. */
    record Understood(int series, List<String> itemIds, int observations, TrialSettings settings) {
        static Understood of(DataRequest<List<TimeSeries>, TrialSettings> request) {
            List<TimeSeries> series = request.data();
            return new Understood(
                    series.size(),
                    series.stream().map(TimeSeries::itemId).limit(5).toList(),
                    series.stream().mapToInt(TimeSeries::length).sum(),
                    request.settings());
        }
    }

    @PostMapping("/series")
    @SettingsInQuery(TrialSettings.class)
    Understood series(HttpServletRequest request) {
        return Understood.of(requests.read(request, TrialSettings.class, fields.placed("/series")));
    }

    @PostMapping("/data")
    Understood data(HttpServletRequest request) {
        return Understood.of(requests.read(request, TrialSettings.class, fields.placed("/data/series")));
    }

    /** What was understood of a body that holds series, or a text where the description says so. */
    record Either(String data, TrialSettings settings) {}

    @PostMapping("/either")
    Either either(HttpServletRequest request) {
        DataField<List<TimeSeries>> series = fields.placed("/data/series");
        DataField<String> text = texts.text("/data/text");
        var ofSeries = new DataField<>(series.pointer(), series.reader().map(some -> some.size() + " series"));
        var ofText = new DataField<>(text.pointer(), text.reader().map(one -> "the text " + one));
        DataRequest<String, TrialSettings> read = requests.read(
                request,
                TrialSettings.class,
                List.of(ofSeries, ofText),
                settings -> "text".equals(settings.description()) ? ofText : ofSeries);
        return new Either(read.data(), read.settings());
    }

    @PostMapping("/settings")
    TrialSettings settings(HttpServletRequest request) {
        return requests.readJson(request, TrialSettings.class);
    }

    @GetMapping("/list")
    Page<Integer> list(
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        PageRequest page = PageRequest.of(limit, cursor);
        int start = page.cursor() == null ? 0 : Integer.parseInt(page.cursor()) + 1;
        List<Integer> rows = IntStream.range(start, Math.min(7, start + page.limit() + 1))
                .boxed()
                .toList();
        return Page.of(rows, page, String::valueOf);
    }

    @GetMapping(path = "/csv", produces = "text/csv")
    String csv() {
        return "a,b";
    }

    @PostMapping(path = "/json-only", consumes = MediaType.APPLICATION_JSON_VALUE)
    void jsonOnly() {}

    @GetMapping("/number/{number}")
    int number(@PathVariable int number, @RequestParam int factor) {
        return number * factor;
    }

    @GetMapping("/bug")
    String bug() {
        throw new IllegalStateException("a secret of io.foretide");
    }

    @GetMapping("/error")
    String error() {
        throw new AssertionError("a secret of io.foretide");
    }

    @GetMapping("/checked")
    String checked() throws ServletException {
        throw new ServletException("a secret of io.foretide", new IOException("deeper"));
    }

    @GetMapping("/busy")
    String busy() {
        throw new ProblemException(ProblemType.QUEUE_FULL, "16 jobs wait already. Try again later.")
                .with("limit", 16)
                .retryAfter(Duration.ofMillis(1500));
    }

    @GetMapping("/half")
    void half(HttpServletResponse response) throws IOException {
        response.setContentType("text/plain");
        response.getWriter().print("the first half");
        response.flushBuffer();
        throw new IllegalStateException("a secret of io.foretide");
    }

    @GetMapping("/late")
    DeferredResult<String> late() {
        return new DeferredResult<>(20L);
    }

    @GetMapping("/late-bug")
    DeferredResult<String> lateBug() {
        DeferredResult<String> result = new DeferredResult<>();
        result.setErrorResult(new IllegalStateException("a secret of io.foretide"));
        return result;
    }

    @Hidden
    @GetMapping("/send-error/{status}")
    void sendError(@PathVariable int status, HttpServletResponse response) throws IOException {
        response.sendError(status, "a secret of io.foretide");
    }
}
