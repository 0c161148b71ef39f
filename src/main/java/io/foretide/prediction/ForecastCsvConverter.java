package io.foretide.prediction;

import io.foretide.prediction.ForecastAnswer.ItemForecast;
import io.foretide.series.ForecastCsvWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.AbstractHttpMessageConverter;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.stereotype.Component;

/** Answers forecasts as CSV to clients that accept it. */
@Component
final class ForecastCsvConverter extends AbstractHttpMessageConverter<ForecastAnswer> {
    ForecastCsvConverter() {
        super(StandardCharsets.UTF_8, MediaType.parseMediaType(PredictionController.CSV));
    }

    @Override
    protected boolean supports(Class<?> type) {
        return ForecastAnswer.class.equals(type);
    }

    @Override
    protected boolean canRead(@Nullable MediaType mediaType) {
        return false;
    }

    @Override
    protected ForecastAnswer readInternal(Class<? extends ForecastAnswer> type, HttpInputMessage message) {
        throw new HttpMessageNotReadableException("forecasts are written and never read", message);
    }

    @Override
    protected void writeInternal(ForecastAnswer answer, HttpOutputMessage message) throws IOException {
        var forecasts = answer.forecasts().stream().map(ItemForecast::of).toList();
        ForecastCsvWriter.write(answer.levels(), forecasts, message.getBody());
    }
}
