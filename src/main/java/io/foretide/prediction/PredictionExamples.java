package io.foretide.prediction;

/** Examples of the API's description, which work when pasted. */
final class PredictionExamples {
    static final String REFERENCE =
            "A model (its champion), or one version of it: `air`, `air@champion`, `air@latest`, `air:3`";

    static final String PREDICT = """
            {"series": [{"item_id": "passengers", "start": "1958-01", "freq": "M", "target": [
              340, 318, 362, 348, 363, 435, 491, 505, 404, 359, 310, 337,
              360, 342, 406, 396, 420, 472, 548, 559, 463, 407, 362, 405]}],
             "horizon": 12, "quantiles": [0.1, 0.5, 0.9]}""";

    static final String PREDICT_CSV = """
            item_id,timestamp,target
            passengers,1959-07,548
            passengers,1959-08,559
            passengers,1959-09,463
            passengers,1959-10,407
            passengers,1959-11,362
            passengers,1959-12,405
            """;

    static final String PREDICT_JSON_LINES = """
            {"item_id": "passengers", "start": "1959-07", "freq": "M", "target": [548, 559, 463, 407, 362, 405]}
            """;

    static final String ANSWER_CSV = """
            item_id,timestamp,mean,0.1,0.5,0.9
            passengers,1960-01,417.2,398.5,417.0,436.1
            passengers,1960-02,396.8,375.3,396.4,418.9
            """;

    static final String ANSWER_EVENTS = """
            event:token
            data:{"index":0,"text":"t"}

            event:done
            data:{"model":"tales","version":1,"task":"generate","text":"t","finish_reason":"length",\
            "tokens":{"prompt":17,"completion":1},"seed":1}

            """;

    static final String BACKTEST = """
            {"series": [{"item_id": "passengers", "start": "1956-01", "freq": "M", "target": [
              284, 277, 317, 313, 318, 374, 413, 405, 355, 306, 271, 306,
              315, 301, 356, 348, 355, 422, 465, 467, 404, 347, 305, 336,
              340, 318, 362, 348, 363, 435, 491, 505, 404, 359, 310, 337,
              360, 342, 406, 396, 420, 472, 548, 559, 463, 407, 362, 405]}],
             "windows": 3, "stride": 6, "horizon": 12}""";

    static final String BACKTEST_CSV = """
            item_id,timestamp,target
            passengers,1956-01,284
            passengers,1956-02,277
            passengers,1956-03,317
            passengers,1956-04,313
            passengers,1956-05,318
            passengers,1956-06,374
            passengers,1956-07,413
            passengers,1956-08,405
            passengers,1956-09,355
            passengers,1956-10,306
            passengers,1956-11,271
            passengers,1956-12,306
            passengers,1957-01,315
            passengers,1957-02,301
            passengers,1957-03,356
            passengers,1957-04,348
            passengers,1957-05,355
            passengers,1957-06,422
            passengers,1957-07,465
            passengers,1957-08,467
            passengers,1957-09,404
            passengers,1957-10,347
            passengers,1957-11,305
            passengers,1957-12,336
            passengers,1958-01,340
            passengers,1958-02,318
            passengers,1958-03,362
            passengers,1958-04,348
            passengers,1958-05,363
            passengers,1958-06,435
            passengers,1958-07,491
            passengers,1958-08,505
            passengers,1958-09,404
            passengers,1958-10,359
            passengers,1958-11,310
            passengers,1958-12,337
            """;

    static final String BACKTEST_JSON_LINES = """
            {"item_id": "passengers", "start": "1956-01", "freq": "M", "target": [\
            284, 277, 317, 313, 318, 374, 413, 405, 355, 306, 271, 306, 315, 301, 356, 348, 355, 422, \
            465, 467, 404, 347, 305, 336, 340, 318, 362, 348, 363, 435, 491, 505, 404, 359, 310, 337]}
            """;

    static final String CLASSIFY = """
            {"sequences": [{"id": "a", "values": [[1, 2], [3, null]]}, {"id": "b", "values": [[2, 2]]}]}""";

    static final String CLASSIFY_CSV = """
            id,step,temperature,wind
            a,0,1,2
            a,1,3,
            b,0,2,2
            """;

    static final String CLASSIFY_JSON_LINES = """
            {"id": "a", "values": [[1, 2], [3, null]]}
            """;

    static final String PROMPT = "Once upon a time ";

    static final String GENERATE = """
            {"prompt": "Once upon a time ", "max_tokens": 50, "temperature": 0.8, "seed": 1, "stop": ["\\n\\n"]}""";

    static final String BACKTEST_OF_LABELS = """
            {"sequences": [{"id": "a", "label": "rain", "values": [[1, 2], [3, null]]},
                           {"id": "b", "label": "sun", "values": [[2, 2]]}]}""";

    static final String BACKTEST_OF_LABELS_CSV = """
            id,step,label,temperature,wind
            a,0,rain,1,2
            a,1,rain,3,
            b,0,sun,2,2
            """;

    static final String BACKTEST_OF_LABELS_JSON_LINES = """
            {"id": "a", "label": "rain", "values": [[1, 2], [3, null]]}
            """;

    static final String BACKTEST_TEXT = "Once upon a time there was a text that nobody had seen.";

    static final String BACKTEST_OF_TEXT = """
            {"text": "Once upon a time there was a text that nobody had seen."}""";

    private PredictionExamples() {}
}
