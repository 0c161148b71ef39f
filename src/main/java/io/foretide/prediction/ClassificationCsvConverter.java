package io.foretide.prediction;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.foretide.prediction.ClassificationAnswer.ItemClassification;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.AbstractHttpMessageConverter;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.stereotype.Component;

/** Answers classifications as CSV to clients that accept it: {@code id,label} and a column for the probability of each label. */
@Component
final class ClassificationCsvConverter extends AbstractHttpMessageConverter<ClassificationAnswer> {
    ClassificationCsvConverter() {
        super(StandardCharsets.UTF_8, MediaType.parseMediaType(PredictionController.CSV));
    }

    @Override
    protected boolean supports(Class<?> type) {
        return ClassificationAnswer.class.equals(type);
    }

    @Override
    protected boolean canRead(@Nullable MediaType mediaType) {
        return false;
    }

    @Override
    protected ClassificationAnswer readInternal(Class<? extends ClassificationAnswer> type, HttpInputMessage message) {
        throw new HttpMessageNotReadableException("classifications are written and never read", message);
    }

    @Override
    protected void writeInternal(ClassificationAnswer answer, HttpOutputMessage message) throws IOException {
        // Not closed: the stream belongs to who opened it.
        CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(message.getBody());
        List<String> header = new ArrayList<>(List.of("id", "label"));
        header.addAll(answer.labels());
        csv.writeRecord(header);
        for (ItemClassification item : answer.classifications()) {
            List<String> row = new ArrayList<>(List.of(item.id(), item.label()));
            for (double probability : item.of().probabilities()) {
                row.add(Double.toString(probability));
            }
            csv.writeRecord(row);
        }
        csv.flush();
    }
}
