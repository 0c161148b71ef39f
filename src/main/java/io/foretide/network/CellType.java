package io.foretide.network;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The recurrent unit of a network. */
public enum CellType {
    @JsonProperty("rnn")
    SIMPLE_RNN,
    @JsonProperty("lstm")
    LSTM,
    @JsonProperty("gru")
    GRU
}
