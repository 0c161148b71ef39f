package io.foretide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.foretide.testing.RunningService;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** From sales that a promotion doubles to forecasts of promotions that are planned. */
class LifeWithCovariatesTest {
    private static final int LENGTH = 120;

    /** One day in five or so, without a pattern. */
    private static int promotion(int shop, int day) {
        return Math.floorMod((day + 1000 * shop) * 0x9E3779B9 >>> 7, 5) == 0 ? 1 : 0;
    }

    private static double sales(int shop, int day) {
        double usual = (shop % 2 == 0 ? 100 : 400) + Math.floorMod(day * 0x9E3779B9 >>> 11, 7);
        return usual * (1 + promotion(shop, day));
    }

    /** @param planned promotions after the last day of sales */
    private static String shop(int shop, String planned) {
        String target = days(shop).mapToObj(day -> "" + sales(shop, day)).collect(Collectors.joining(","));
        String promotions =
                days(shop).mapToObj(day -> "" + promotion(shop, day)).collect(Collectors.joining(","));
        return """
                {"item_id":"shop-%d","start":"2024-01-01","freq":"D","target":[%s],
                 "future":{"promo":[%s%s]},"static":{"size":"%s"}}""".formatted(shop, target, promotions, planned, shop % 2 == 0 ? "small" : "large");
    }

    private static IntStream days(int shop) {
        return IntStream.range(0, LENGTH + shop);
    }

    @Test
    void forecastsWhatIsPlanned(@TempDir Path folder) throws Exception {
        List<String> shops = new ArrayList<>();
        for (int shop = 0; shop < 6; shop++) {
            shops.add(shop(shop, ""));
        }
        try (var service = RunningService.start(folder)) {
            service.finished(post(service, "train", """
                    {"data":{"series":[%s]},"forecast":{"horizon":4},
                     "network":{"units":8},"training":{"epochs":12}}""".formatted(String.join(",", shops))));

            JsonNode version = service.get("/api/v1/models/sales/versions/1");
            var forecast = service.json(post(service, "predict", series(shop(9, ",0,1,0,0"))));
            var unplanned = post(service, "predict", series(shop(9, ",0,1,0")));
            var misspelt = post(service, "predict", series(shop(9, ",0,1,0,0").replace("promo", "prommo")));
            var withoutAny = post(service, "predict", """
                    {"series":[{"start":"2024-01-01","freq":"D","target":[400,400,405,403,800]}]}""");
            var backtest = service.json(post(service, "backtest", series(shop(9, ",0,1,0,0"))));

            assertThat(version.get("features").toString()).startsWith("[\"target\",\"future.promo\",\"static.size\"");
            assertThat(forecast.at("/forecasts/0/mean/1").asDouble()).isCloseTo(800, within(120.0));
            assertThat(forecast.at("/forecasts/0/mean/2").asDouble()).isCloseTo(400, within(100.0));
            assertThat(unplanned.statusCode()).isEqualTo(422);
            assertThat(unplanned.body()).contains("/problems/invalid-series", "/series/0/future/promo");
            assertThat(misspelt.statusCode()).isEqualTo(422);
            assertThat(misspelt.body()).contains("/problems/not-supported", "/series/0/future/prommo", "future.promo");
            assertThat(withoutAny.statusCode()).as(withoutAny.body()).isEqualTo(200);
            assertThat(backtest.at("/overall/model/mase").asDouble())
                    .isLessThan(backtest.at("/overall/ses/mase").asDouble());
        }
    }

    private static String series(String one) {
        return "{\"series\":[" + one + "]}";
    }

    private static HttpResponse<String> post(RunningService service, String operation, String body) throws Exception {
        return service.send(HttpRequest.newBuilder(URI.create(service.address() + "/api/v1/models/sales/" + operation))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }
}
