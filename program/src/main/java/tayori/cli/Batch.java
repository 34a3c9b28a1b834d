package tayori.cli;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/// Answers JSON lines from standard input, a line each, in their order, each as soon as it and all before it are ready.
///
/// A line that cannot be answered is answered with its `error` and its number, and the batch goes on. Lines are worked
/// on at the same time, within the bounds of [InOrder].
final class Batch {
    /// What a command says to one line.
    @FunctionalInterface
    interface Answer {
        JsonObject to(BatchLine line) throws BatchLine.Refused;
    }

    private final Terminal terminal;
    private final int maxLineOctets;
    private final Answer answer;
    private final AtomicBoolean refused = new AtomicBoolean();

    /// @param maxLineOctets longest line read; a longer one is skipped and answered with an error
    Batch(Terminal terminal, int maxLineOctets, Answer answer) {
        this.terminal = terminal;
        this.maxLineOctets = maxLineOctets;
        this.answer = answer;
    }

    ExitCode run() {
        var lines = new LineReader(terminal.in(), maxLineOctets);
        boolean unreadable = false;
        try (var work = new InOrder<String>(this::write)) {
            long number = 1;
            for (var line = lines.next();
                    !(line instanceof LineReader.Line.End);
                    line = lines.next()) {
                long at = number++;
                switch (line) {
                    case LineReader.Line.Whole(var octets) ->
                            work.submit(4L * octets.length, () -> answer(octets, at).toString());
                    case LineReader.Line.TooLong() -> {
                        var error =
                                error(
                                        at,
                                        Optional.empty(),
                                        "a line of more than " + maxLineOctets + " octets");
                        work.submit(0, error::toString);
                    }
                    case LineReader.Line.End() -> throw new AssertionError("the loop has ended");
                }
                if (terminal.out().checkError()) {
                    break; // nobody listens any more
                }
            }
        } catch (IOException e) {
            terminal.err().println("tayori: cannot read standard input: " + e.getMessage());
            unreadable = true;
        }
        return unreadable ? ExitCode.NO_INPUT : refused.get() ? ExitCode.FINDING : ExitCode.OK;
    }

    private void write(String line) {
        terminal.out().print(line);
        terminal.out().print('\n');
        terminal.out().flush();
    }

    private JsonObject answer(byte[] octets, long number) {
        Optional<Object> id = Optional.empty();
        try {
            var line = BatchLine.read(octets);
            id = line.any("id");
            var said = answer.to(line);
            var whole = new JsonObject();
            id.ifPresent(value -> whole.put("id", value));
            whole.putAll(said);
            var unknown = line.unknown();
            return unknown.isEmpty() ? whole : whole.put("unknownFields", unknown);
        } catch (BatchLine.Refused e) {
            return error(number, id, e.reason());
        } catch (RuntimeException | StackOverflowError e) {
            // One line must not end the others. Never expected, so it is told as what it is.
            return error(number, id, "this is a bug in Tayori, please report it: " + e);
        }
    }

    private JsonObject error(long number, Optional<Object> id, String reason) {
        refused.set(true);
        var error = new JsonObject();
        id.ifPresent(value -> error.put("id", value));
        return error.put("error", reason).put("line", number);
    }
}
