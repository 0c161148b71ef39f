package io.foretide.registry;

import io.foretide.http.PageRequest;
import io.foretide.problem.ProblemException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.stereotype.Component;

/** Loads champions before the service calls itself ready, so that the first requests after a start are not the slow ones. */
@Component
final class ChampionWarmup implements ApplicationRunner {
    private static final Logger log = LoggerFactory.getLogger(ChampionWarmup.class);

    /** Models beyond these, by name, are loaded when they are first asked for. */
    private static final int MOST_MODELS = 100;

    private final ModelRegistry registry;
    private final Store store;

    ChampionWarmup(ModelRegistry registry, Store store) {
        this.registry = registry;
        this.store = store;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        store.models().list(PageRequest.of(MOST_MODELS - 1, null), null).stream()
                .map(ModelTable.Summary::name)
                .filter(name -> registry.champion(name).isPresent())
                .forEach(this::load);
    }

    /** One damaged artifact must not keep the others from being served. */
    private void load(ModelName name) {
        try {
            registry.load(new ModelReference(name, Selector.Alias.CHAMPION));
        } catch (ProblemException e) {
            log.warn("champion not loaded name={} problem={} detail={}", name, e.type(), e.detail());
        }
    }
}
