package io.foretide.streaming;

/** Examples of the API's description. */
final class SessionExamples {
    static final String OPEN = """
            {"model": "air", "horizon": 3, "quantiles": [0.1, 0.5, 0.9],
             "series": {"start": "1960-10", "freq": "M", "target": [461, 390, 432]}}""";

    static final String OPENED = """
            {"type": "session.opened", "session": "passengers", "seq": 0, "model": "air", "version": 1,
             "token": "MTIz.c2lnbmF0dXJl", "limits": {"message_size": 1048576, "message_rate": 100000,
             "sessions_per_connection": 100000, "horizon": 1000, "quantiles": 64, "kept_observations": 64, "jump": 1000,
             "text": 65536, "tokens": 10000}}""";

    static final String RESUMED = """
            {"type": "session.resumed", "session": "passengers", "seq": 17, "durable_seq": 17, "model": "air", "version": 1,
             "token": "MTIz.c2lnbmF0dXJl", "limits": {"message_size": 1048576, "message_rate": 100000,
             "sessions_per_connection": 100000, "horizon": 1000, "quantiles": 64, "kept_observations": 64, "jump": 1000,
             "text": 65536, "tokens": 10000}}""";

    static final String OBSERVE = """
            {"seq": 1, "value": 449}""";

    static final String OBSERVE_LIST = """
            [{"seq": 1, "value": 449}, {"seq": 2, "value": null}]""";

    static final String TEXT = """
            {"seq": 1, "text": "the film was gre"}""";

    static final String CLASSIFICATION = """
            {"type": "classification", "session": "weather", "seq": 1, "durable_seq": 1, "label": "sun",
             "probabilities": {"rain": 0.2, "sun": 0.8}}""";

    static final String GENERATE = """
            {"seq": 2, "max_tokens": 50, "temperature": 0.8, "seed": 1, "stop": ["\\n"]}""";

    static final String GENERATED = """
            {"type": "generated", "session": "tale", "seq": 2, "durable_seq": 2, "text": " there was", "finish_reason": "stop",
             "tokens": {"prompt": 9, "completion": 11}, "seed": 1}""";

    static final String FORECAST = """
            {"type": "forecast", "session": "passengers", "seq": 1, "durable_seq": 0, "start": "1961-02", "freq": "M",
             "mean": [412.5, 446.1, 455.0], "quantiles": {"0.1": [395.2, 421.7, 428.3], "0.5": [412.1, 445.9, 454.6],
             "0.9": [430.0, 470.8, 482.1]}}""";

    static final String ASK = """
            {"horizon": 1, "quantiles": [0.5]}""";

    static final String FORK = """
            {"new_session": "what-if"}""";

    static final String STATE = """
            {"state": "AAEC.c2lnbmF0dXJl"}""";

    private SessionExamples() {}
}
