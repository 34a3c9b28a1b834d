package tayori.config;

import java.util.List;
import tayori.listen.ListenAddress;

/// The Postfix policy delegation service.
public record PolicyConfig(
        @Doc(
                        value = "Addresses to wait at: `HOST:PORT` or `unix:/path`. Empty: off.",
                        example = "[\"127.0.0.1:8892\"]")
                List<ListenAddress> listen) {
    public static final PolicyConfig DEFAULTS = new PolicyConfig(List.of());
}
