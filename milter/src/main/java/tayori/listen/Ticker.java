package tayori.listen;

/// A clock that only counts on: nanoseconds since some moment before the first connection, always above 0.
@FunctionalInterface
interface Ticker {

    long now();

    static Ticker system() {
        long start = System.nanoTime() - 1;
        return () -> System.nanoTime() - start;
    }
}
