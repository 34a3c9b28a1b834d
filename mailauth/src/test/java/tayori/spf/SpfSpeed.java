package tayori.spf;

import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import tayori.dns.ZoneDns;

/// Measures checks per CPU-second with DNS from memory: one include, the match in it. Not a test: run its `main`.
final class SpfSpeed {
    private static final int CHECKS = 1_000_000;
    private static final int ROUNDS = 6;

    private SpfSpeed() {}

    static void main() {
        var dns =
                ZoneDns.builder()
                        .txt(
                                "example.com",
                                "v=spf1 ip4:198.51.100.0/24 include:_spf.example.net -all")
                        .txt("_spf.example.net", "v=spf1 ip4:203.0.113.0/24 ip4:192.0.2.0/24 ~all")
                        .build();
        var checker = new SpfChecker(dns, SpfOptions.DEFAULTS);
        var client = InetAddress.ofLiteral("192.0.2.3");
        var threads = ManagementFactory.getThreadMXBean();
        for (int round = 0; round < ROUNDS; round++) {
            long before = threads.getCurrentThreadCpuTime();
            int passes = 0;
            for (int i = 0; i < CHECKS; i++) {
                var result = checker.checkMailFrom(client, "a@example.com", "mx.example.com");
                passes += result instanceof SpfResult.Pass ? 1 : 0;
            }
            long nanos = threads.getCurrentThreadCpuTime() - before;
            System.out.printf(
                    "%d checks (%d pass): %d ns CPU each, %,d per CPU-second%n",
                    CHECKS, passes, nanos / CHECKS, CHECKS * 1_000_000_000L / nanos);
        }
    }
}
