package io.foretide.registry;

import io.foretide.network.TestNetworks;
import io.foretide.storage.Blobs;
import io.foretide.storage.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A registry over a test's database, whose models are fakes of a size that the test chooses. */
final class RegistryFixture implements VersionUse {
    static final Instant NOW = Instant.parse("2026-01-05T09:30:00.123456789Z");

    final JsonMapper json = JsonMapper.builder().build();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final List<String> loads = new CopyOnWriteArrayList<>();
    final Map<String, String> uses = new ConcurrentHashMap<>();
    final Store store;
    final ModelRegistry registry;
    final Changes changes;
    final Imports imports;
    final TransactionTemplate transaction;

    /** What a fake costs in memory. */
    volatile DataSize modelSize = DataSize.ofKilobytes(1);

    /** Runs whenever an artifact is read. */
    volatile Runnable whileLoading = () -> {};

    RegistryFixture(TestDatabase database) {
        this(
                database,
                new RegistryProperties(
                        DataSize.ofMegabytes(1), DataSize.ofMegabytes(3), Duration.ofDays(1), 3, 100, 100, 2, 1));
    }

    RegistryFixture(TestDatabase database, RegistryProperties limits) {
        var clock = Clock.fixed(NOW, ZoneOffset.UTC);
        var models = new ModelTable(database.client());
        var versions = new VersionTable(database.client(), json);
        var blobs = new Blobs(database.client(), database.transactions(), Long.MAX_VALUE);
        store = new Store(models, versions, new AliasTable(database.client()), new Artifacts(versions, blobs, limits));
        var resolutions = new Resolutions(models, versions, limits);
        var moves = new AliasMoves(store, resolutions, limits, clock);
        var users = new StaticListableBeanFactory(Map.of("use", this)).getBeanProvider(VersionUse.class);
        changes = new Changes(
                new Publication(store, moves, resolutions, clock),
                moves,
                new Deletions(store, moves, resolutions, users),
                database.transactions());
        var cache = new ModelCache(
                store.artifacts(),
                new RegistryMetrics(meters),
                limits,
                new ModelCache.Reading(this::read, _ -> modelSize.toBytes()));
        registry = new ModelRegistry(resolutions, cache, changes, store);
        var room = new RegistryRoom(database.client(), limits);
        imports = new Imports(this::describe, room, changes, new RegistryMetrics(meters), limits, clock);
        transaction = new TransactionTemplate(database.transactions());
    }

    private ObjectNode describe(Model model, byte[] artifact) {
        return switch (model) {
            case Model.Forecasting(var predictor) ->
                json.createObjectNode()
                        .put("seed", (int) predictor.settings().training().seed());
            case Model.Classifying _, Model.Generating _ -> json.createObjectNode();
        };
    }

    private Model read(byte[] artifact) {
        whileLoading.run();
        loads.add(new String(artifact, StandardCharsets.UTF_8));
        return new Model.Forecasting(TestNetworks.predictor());
    }

    @Override
    public Optional<String> useOf(ModelName model) {
        return Optional.ofNullable(uses.get(model.value()));
    }

    @Override
    public Optional<String> useOf(ModelName model, int version) {
        return Optional.ofNullable(uses.get(model + ":" + version));
    }

    ModelVersion register(String model) {
        return register(model, Promotion.IF_NO_CHAMPION);
    }

    ModelVersion register(String model, Promotion promotion) {
        return registry.register(version(model, null, promotion));
    }

    NewVersion version(String model, @Nullable String job, Promotion promotion) {
        ObjectNode provenance = json.createObjectNode().put("seed", 42);
        byte[] artifact = ("artifact of " + model).getBytes(StandardCharsets.UTF_8);
        return new NewVersion(new ModelName(model), Task.FORECAST, job, artifact, provenance, promotion);
    }

    ModelAlias move(String alias, int version) {
        return changes.moveAlias(air(alias, "", Precondition.NONE), version);
    }

    void remove(String alias) {
        changes.removeAlias(air(alias, "", Precondition.NONE));
    }

    /** A change of an alias of the model air. */
    static AliasChange air(String alias, String reason, Precondition precondition) {
        return new AliasChange(new ModelName("air"), new Selector.Alias(alias), Cause.ofClient(reason), precondition);
    }

    int resolve(String reference) {
        return registry.resolve(ModelReference.parse(reference)).version();
    }

    LoadedModel load(String reference) {
        return registry.load(ModelReference.parse(reference));
    }

    double gauge() {
        return meters.get(RegistryMetrics.LOADED).gauge().value();
    }

    <T> T rolledBack(Supplier<T> work) {
        return transaction.execute(status -> {
            status.setRollbackOnly();
            return work.get();
        });
    }
}
