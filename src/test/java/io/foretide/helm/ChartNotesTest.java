package io.foretide.helm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What the operator is told after an installation. */
class ChartNotesTest {
    @Test
    void leadToTheFirstRequest() {
        String notes = Chart.FORETIDE.notes(Chart.example("embedded"));

        assertThat(notes)
                .contains("kubectl -n forecasts port-forward service/demand-foretide 8080:80")
                .contains("curl -s localhost:8080/api/v1/models");
    }

    @Test
    void warnWhileNobodyIsAskedWhoTheyAre() {
        assertThat(Chart.FORETIDE.notes(Chart.example("embedded")))
                .contains("WARNING: foretide.security.mode is none")
                .contains("Pods of the namespace forecasts may")
                .doesNotContain("outside the cluster");
        assertThat(Chart.FORETIDE.notes(Chart.example("ingress")))
                .contains("of the namespace forecasts and of ingress-nginx may")
                .contains("reachable from outside the cluster");
    }

    @Test
    void warnOfAnOpenNetworkAndOfPlainText() {
        var values = Chart.values("""
                networkPolicy: {enabled: false}
                ingress: {tls: []}
                """);

        assertThat(Chart.FORETIDE.notes(Chart.example("ingress"), values))
                .contains("networkPolicy.enabled is false: that is everybody in the cluster")
                .contains("WARNING: ingress.tls is empty");
    }

    @Test
    void sayThatTheEmbeddedDatabaseHasOneReplica() {
        assertThat(Chart.FORETIDE.notes(Chart.example("offline"))).contains("embedded, in the claim forecasts");
        assertThat(Chart.FORETIDE.notes(Chart.example("postgresql"))).doesNotContain("embedded");
    }
}
