package io.foretide.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foretide.http.Page;
import io.foretide.http.PageRequest;
import io.foretide.problem.ProblemException;
import io.foretide.storage.TestDatabase;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PagingTest {
    private final TestDatabase database = TestDatabase.inMemory();
    private final RegistryFixture fixture = new RegistryFixture(database);
    private final RegistryController models = new RegistryController(fixture.registry, fixture.store);
    private final ModelName air = new ModelName("air");

    @AfterEach
    void tearDown() {
        database.close();
    }

    @Test
    void showsEachModelOnceThoughOthersComeAndGo() {
        for (String name : List.of("b", "d", "f", "h")) {
            fixture.register(name);
        }
        List<ModelTable.Summary> first = fixture.store.models().list(new PageRequest(2, null), null);
        assertThat(names(first)).containsExactly("b", "d", "f");

        fixture.register("a");
        fixture.registry.deleteModel(new ModelName("d"));
        List<ModelTable.Summary> second = fixture.store.models().list(new PageRequest(2, "d"), null);

        assertThat(names(second)).containsExactly("f", "h");
    }

    @Test
    void showsEachVersionOnceThoughNewerOnesCome() {
        for (int version = 1; version <= 4; version++) {
            fixture.register("air");
        }
        assertThat(numbers(null)).containsExactly(4, 3, 2);

        fixture.register("air");

        assertThat(numbers("3")).containsExactly(2, 1);
    }

    @Test
    void tellsWhetherAnotherPageFollows() {
        fixture.register("a");
        fixture.register("b");

        Page<ModelDocument> all = models.models(2, null, null);
        Page<ModelDocument> one = models.models(1, null, null);

        assertThat(all.nextCursor()).isNull();
        assertThat(one.items()).extracting(ModelDocument::name).containsExactly("a");
        assertThat(one.nextCursor()).isEqualTo("a");
    }

    @Test
    void showsModelsOfOneTask() {
        fixture.register("a");

        assertThat(models.models(null, null, "forecast").items()).hasSize(1);
        assertThat(models.models(null, null, "classify").items()).isEmpty();
        assertThatThrownBy(() -> models.models(null, null, "no task")).isInstanceOf(ProblemException.class);
    }

    @Test
    void refusesCursorOfAnotherList() {
        fixture.register("air");

        assertThatThrownBy(() -> numbers("air")).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> fixture.store.models().list(new PageRequest(2, "NO NAME"), null))
                .isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> fixture.store.aliases().list(air, new PageRequest(2, "\0")))
                .isInstanceOf(ProblemException.class);
    }

    private List<Integer> numbers(@Nullable String cursor) {
        return fixture.store.versions().list(air, new PageRequest(2, cursor)).stream()
                .map(ModelVersion::version)
                .toList();
    }

    private static List<String> names(List<ModelTable.Summary> models) {
        return models.stream().map(model -> model.name().value()).toList();
    }
}
