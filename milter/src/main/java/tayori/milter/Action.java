package tayori.milter;

import tayori.milter.wire.Negotiation;

/// What a filter may do to a mail at its end.
public enum Action {
    ADD_HEADERS(Negotiation.ADD_HEADERS),
    CHANGE_HEADERS(Negotiation.CHANGE_HEADERS),
    REPLACE_BODY(Negotiation.CHANGE_BODY),
    ADD_RECIPIENTS(Negotiation.ADD_RECIPIENTS),
    ADD_RECIPIENTS_WITH_ARGUMENTS(Negotiation.ADD_RECIPIENTS_WITH_ARGUMENTS),
    DELETE_RECIPIENTS(Negotiation.DELETE_RECIPIENTS),
    CHANGE_FROM(Negotiation.CHANGE_FROM),
    QUARANTINE(Negotiation.QUARANTINE);

    private final int bit;

    Action(int bit) {
        this.bit = bit;
    }

    int bit() {
        return bit;
    }
}
