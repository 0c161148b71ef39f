package io.foretide.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.foretide.http.testing.Answer;
import io.foretide.http.testing.Client;
import io.foretide.http.testing.TrialServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

@TrialServer
class PageTest {
    @LocalServerPort
    int port;

    @Test
    void leadsFromPageToPageToTheEnd() {
        Client client = new Client(port);
        List<Integer> seen = new ArrayList<>();

        String cursor = "";
        int pages = 0;
        do {
            Answer page = client.get("/trial/list?limit=3" + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
            page.json().path("items").valueStream().forEach(item -> seen.add(item.intValue()));
            cursor = page.json().path("next_cursor").stringValue("");
            pages++;
        } while (!cursor.isEmpty());

        assertThat(seen).containsExactly(0, 1, 2, 3, 4, 5, 6);
        assertThat(pages).isEqualTo(3);
    }

    @Test
    void hasNoCursorOnTheLastPage() {
        Answer page = new Client(port).get("/trial/list");

        assertThat(page.body()).isEqualTo("{\"items\":[0,1,2,3,4,5,6]}");
    }

    @Test
    void hidesPositionsInCursors() {
        assertThat(Cursors.decode(Cursors.encode("ä/1|x"))).isEqualTo("ä/1|x");
        assertThat(Cursors.encode("ä/1|x")).matches("[A-Za-z0-9_-]+");
    }
}
