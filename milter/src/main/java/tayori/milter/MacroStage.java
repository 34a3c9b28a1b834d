package tayori.milter;

import tayori.milter.wire.Command;
import tayori.milter.wire.Negotiation;

/// The moments at which an MTA hands over macros.
public enum MacroStage {
    CONNECT(Command.CONNECT, Negotiation.STAGE_CONNECT, 0),
    HELO(Command.HELO, Negotiation.STAGE_HELO, 1),
    MAIL(Command.MAIL, Negotiation.STAGE_MAIL, 2),
    RECIPIENT(Command.RECIPIENT, Negotiation.STAGE_RECIPIENT, 3),
    DATA(Command.DATA, Negotiation.STAGE_DATA, 4),
    END_OF_HEADERS(Command.END_OF_HEADERS, Negotiation.STAGE_END_OF_HEADERS, 5),
    END_OF_MESSAGE(Command.END_OF_BODY, Negotiation.STAGE_END_OF_MESSAGE, 6);

    private final byte command;
    private final int number;
    private final int position;

    MacroStage(byte command, int number, int position) {
        this.command = command;
        this.number = number;
        this.position = position;
    }

    /// Letter of the command that the macros come with.
    public byte command() {
        return command;
    }

    /// Its number in the list of wanted macros.
    public int number() {
        return number;
    }

    /// Its place in the course of a mail, counted from 0.
    int position() {
        return position;
    }
}
