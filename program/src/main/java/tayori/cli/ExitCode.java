package tayori.cli;

/// How a command ended, for the shell that called it. The numbers from 64 on are those of BSD's `sysexits.h`, which mail
/// programs have always used.
public enum ExitCode {
    OK(0, "the command did what was asked; what it looked at is in order"),
    FINDING(1, "the command did what was asked; what it looked at is not in order"),
    USAGE(64, "the command line could not be understood"),
    NO_INPUT(66, "a file that was named does not exist or cannot be read"),
    UNAVAILABLE(
            69,
            "something the command needs is missing, such as Java 25 or an address to listen on"),
    BUG(70, "Tayori itself failed; please report it"),
    CANNOT_WRITE(74, "the output could not be written"),
    TRY_AGAIN(75, "the answer is not known now, mostly because the DNS does not answer"),
    CONFIGURATION(78, "the configuration is refused; what is wrong was printed");

    private final int code;
    private final String meaning;

    ExitCode(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    /// What the process returns.
    public int code() {
        return code;
    }

    /// The same for people, in one clause.
    public String meaning() {
        return meaning;
    }
}
