package tayori.milter;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tayori.milter.wire.Negotiation;

/// What a filter asks of the MTA. Nothing else is sent, and where no answer is needed the MTA does not wait for one: this is what
/// makes a mail one read and one write.
///
/// The end of the message is always told and always answered.
///
/// @param steps the steps the filter wants to be told
/// @param answers the steps at which it may answer otherwise than [Reply#CONTINUE] at once. Where such an answer is given at
///     another step, it is held until the next step that is answered, the end of the message at the latest
/// @param actions what it may do to the mail
/// @param macros by stage, the macros it reads, where the MTA's own configuration is not to decide (Sendmail and Postfix both
///     honour it); a stage without entry is left to the MTA
public record FilterNeeds(
        Set<Step> steps,
        Set<Step> answers,
        Set<Action> actions,
        Map<MacroStage, List<String>> macros) {

    public FilterNeeds {
        if (!steps.containsAll(answers)) {
            throw new IllegalArgumentException("answers to steps that are not asked for");
        }
        macros.values().forEach(names -> names.forEach(FilterNeeds::checkName));
        steps = Set.copyOf(steps);
        answers = Set.copyOf(answers);
        actions = Set.copyOf(actions);
        macros = Map.copyOf(macros);
    }

    /// Everything: all steps but unknown commands, an answer to each, all actions. For tests and for a first try.
    public static FilterNeeds everything() {
        Set<Step> all = EnumSet.complementOf(EnumSet.of(Step.UNKNOWN));
        return new FilterNeeds(all, all, EnumSet.allOf(Action.class), Map.of());
    }

    /// The whole mail, answered once, at its end.
    public static FilterNeeds wholeMail(Set<Action> actions) {
        return new FilterNeeds(
                EnumSet.complementOf(EnumSet.of(Step.UNKNOWN)), Set.of(), actions, Map.of());
    }

    private static void checkName(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) <= ' ' || name.charAt(i) >= 0x7f) {
                throw new IllegalArgumentException("not a macro name: '" + name + "'");
            }
        }
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a macro without a name");
        }
    }

    /// What we answer to an offer: the lower version, and of the bits only those that were offered.
    Negotiation agree(Negotiation offer) {
        int wantedActions = macros.isEmpty() ? 0 : Negotiation.SET_MACRO_LISTS;
        for (Action action : actions) {
            wantedActions |= action.bit();
        }
        int wantedSteps = Negotiation.LEADING_SPACE;
        for (Step step : Step.values()) {
            if (!steps.contains(step)) {
                wantedSteps |= step.leaveOut();
            }
            if (!answers.contains(step)) {
                wantedSteps |= step.noReply();
            }
        }
        if (answers.contains(Step.BODY)) {
            wantedSteps |= Negotiation.SKIP;
        }
        return new Negotiation(
                Math.min(offer.version(), Negotiation.VERSION),
                wantedActions & offer.actions(),
                wantedSteps & offer.steps());
    }

    /// The macro lists in the order of their numbers.
    Map<MacroStage, List<String>> macroLists() {
        var ordered = new EnumMap<MacroStage, List<String>>(MacroStage.class);
        ordered.putAll(macros);
        return ordered;
    }
}
