package tayori.config;

import java.util.List;
import tayori.listen.ListenAddress;

/// Counters for Prometheus.
public record MetricsConfig(
        @Doc(
                        value =
                                "Addresses to answer `GET /metrics` at. Empty: off. Whoever reaches the address reads the counters.",
                        example = "[\"127.0.0.1:8893\"]")
                List<ListenAddress> listen) {
    public static final MetricsConfig DEFAULTS = new MetricsConfig(List.of());
}
