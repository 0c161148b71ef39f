package io.foretide.fuzz;

/**
 * A request that is ready to be sent.
 *
 * @param mayBeDropped whether a connection that is closed without an answer is answer enough
 * @param bodiless whether its answer has no body, being one to HEAD
 */
record Shot(
        long seed,
        String kind,
        Operation operation,
        byte[] bytes,
        Delivery delivery,
        boolean mayBeDropped,
        boolean bodiless) {

    static Shot of(long seed, String kind, Draft draft) {
        return new Shot(
                seed,
                kind,
                draft.operation,
                draft.bytes(),
                draft.delivery,
                draft.mayBeDropped,
                draft.method.equals("HEAD"));
    }

    @Override
    public String toString() {
        return "seed %d, %s, %s".formatted(seed, kind, operation);
    }
}
