package tayori.milter;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// A filter that writes down what it is told and says what the test wants it to say.
final class ToldFilter implements MilterFilters {

    private final FilterNeeds needs;
    private final Map<String, Reply> replies = new HashMap<>();
    private final List<String> told = new ArrayList<>();
    private final List<String> macroNames = new ArrayList<>();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private Consumer<Modifications> atEnd = _ -> {};
    private String throwsAt = "";
    private boolean bodyWhole;

    ToldFilter(FilterNeeds needs) {
        this.needs = needs;
    }

    /// What it says when it is told exactly this.
    ToldFilter saying(String told, Reply reply) {
        replies.put(told, reply);
        return this;
    }

    ToldFilter changing(Consumer<Modifications> changes) {
        atEnd = changes;
        return this;
    }

    ToldFilter throwingAt(String told) {
        throwsAt = told;
        return this;
    }

    /// Writes this macro down at every step.
    ToldFilter reading(String... names) {
        macroNames.addAll(List.of(names));
        return this;
    }

    /// Writes the body down once, at the end, so that it does not matter where its pieces break.
    ToldFilter bodyInOnePiece() {
        bodyWhole = true;
        return this;
    }

    List<String> told() {
        return told;
    }

    List<String> takeTold() {
        List<String> lines = List.copyOf(told);
        told.clear();
        return lines;
    }

    @Override
    public FilterNeeds needs() {
        return needs;
    }

    @Override
    public MilterFilter connected(Macros macros) {
        hear(macros, "connected");
        return new MilterFilter() {
            @Override
            public Reply connect(ConnectInfo client) {
                String peer =
                        switch (client.peer()) {
                            case ConnectInfo.Peer.Ip(var address, int port) ->
                                    address.getHostAddress() + " port " + port;
                            case ConnectInfo.Peer.UnixSocket(String path) -> "unix " + path;
                            case ConnectInfo.Peer.Unknown(String text) -> "unknown " + text;
                        };
                return hear(macros, "connect " + client.hostName() + " " + peer.strip());
            }

            @Override
            public Reply helo(String name) {
                return hear(macros, "helo " + name);
            }

            @Override
            public Reply mail(EnvelopeAddress sender, List<String> arguments) {
                return hear(macros, ("mail " + sender + " " + String.join(" ", arguments)).strip());
            }

            @Override
            public Reply recipient(EnvelopeAddress recipient, List<String> arguments) {
                return hear(
                        macros,
                        ("recipient " + recipient + " " + String.join(" ", arguments)).strip());
            }

            @Override
            public Reply data() {
                return hear(macros, "data");
            }

            @Override
            public Reply header(byte[] name, byte[] value) {
                return hear(macros, "header " + Talk.escaped(name) + ":" + Talk.escaped(value));
            }

            @Override
            public Reply endOfHeaders() {
                return hear(macros, "end of headers");
            }

            @Override
            public Reply body(byte[] buffer, int offset, int length) {
                if (bodyWhole) {
                    body.write(buffer, offset, length);
                    return Reply.CONTINUE;
                }
                return hear(
                        macros,
                        "body "
                                + Talk.escaped(
                                        java.util.Arrays.copyOfRange(
                                                buffer, offset, offset + length)));
            }

            @Override
            public Reply endOfMessage(Modifications modifications) {
                if (bodyWhole) {
                    told.add("body " + Talk.escaped(body.toByteArray()));
                    body.reset();
                }
                atEnd.accept(modifications);
                return hear(macros, "end of message");
            }

            @Override
            public Reply unknown(String command) {
                return hear(macros, "unknown " + command);
            }

            @Override
            public void abort() {
                body.reset();
                hear(macros, "abort");
            }

            @Override
            public void closed() {
                hear(macros, "closed");
            }
        };
    }

    private Reply hear(Macros macros, String text) {
        StringBuilder line = new StringBuilder(text);
        for (String name : macroNames) {
            macros.get(name)
                    .ifPresent(value ->
                            line.append(" [").append(name).append('=').append(value).append(']'));
        }
        told.add(line.toString());
        if (text.equals(throwsAt)) {
            throw new IllegalStateException("thrown on purpose at " + text);
        }
        return replies.getOrDefault(text, Reply.CONTINUE);
    }
}
