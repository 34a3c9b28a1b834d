package tayori.simulation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// All that happens to one sender in one run, and what its mails really are.
final class Trace {
    /// A reader's report.
    ///
    /// @param reported hour in which the reader pressed the button
    /// @param arrived hour in which the mail had come
    /// @param aboutSpam whether it is right
    /// @param reporter who; everybody complains under a number of their own
    /// @param luck 0 to 1: decides whether it would still have come had the mail lain in Junk
    record Complaint(
            int reported,
            int arrived,
            int provider,
            boolean aboutSpam,
            long reporter,
            double luck) {}

    private final SenderKind kind;
    private final int number;
    private final int providers;
    private final int[] honest;
    private final int[] spam;
    final int[] unsubscribes;
    final int[] unknownRecipients;
    final int[] traps;
    final int[] contentBad;
    final double[] scores;
    private final List<Complaint> complaints = new ArrayList<>();
    private int first = Scenario.HOURS;
    private int last;
    private int firstSpam = Scenario.HOURS;

    Trace(SenderKind kind, int number, int providers) {
        this.kind = kind;
        this.number = number;
        this.providers = providers;
        int cells = Scenario.HOURS * providers;
        honest = new int[cells];
        spam = new int[cells];
        unsubscribes = new int[cells];
        unknownRecipients = new int[cells];
        traps = new int[cells];
        contentBad = new int[cells];
        scores = new double[Scenario.HOURS];
    }

    SenderKind kind() {
        return kind;
    }

    int number() {
        return number;
    }

    int providers() {
        return providers;
    }

    int cell(int hour, int provider) {
        return hour * providers + provider;
    }

    void addMails(int hour, int provider, int mails, boolean isSpam) {
        (isSpam ? spam : honest)[cell(hour, provider)] += mails;
        first = Math.min(first, hour);
        last = Math.max(last, hour);
        if (isSpam) {
            firstSpam = Math.min(firstSpam, hour);
        }
    }

    void addComplaint(Complaint complaint) {
        complaints.add(complaint);
    }

    /// Puts complaints into the order in which they are made.
    void close() {
        complaints.sort(Comparator.comparingInt(Complaint::reported));
    }

    int honest(int hour, int provider) {
        return honest[cell(hour, provider)];
    }

    int spam(int hour, int provider) {
        return spam[cell(hour, provider)];
    }

    int honest(int hour) {
        return sum(honest, hour);
    }

    int spam(int hour) {
        return sum(spam, hour);
    }

    private int sum(int[] cells, int hour) {
        int sum = 0;
        for (int provider = 0; provider < providers; provider++) {
            sum += cells[cell(hour, provider)];
        }
        return sum;
    }

    List<Complaint> complaints() {
        return complaints;
    }

    /// Hour of its first mail; [Scenario#HOURS] if it never writes.
    int first() {
        return first;
    }

    /// Hour of its last mail.
    int last() {
        return last;
    }

    /// Hour of its first spam; [Scenario#HOURS] if it never writes any.
    int firstSpam() {
        return firstSpam;
    }
}
