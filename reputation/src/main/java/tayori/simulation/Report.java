package tayori.simulation;

import static tayori.simulation.SenderKind.COMPROMISED;
import static tayori.simulation.SenderKind.NEWSLETTER;
import static tayori.simulation.SenderKind.NEW_BULK;
import static tayori.simulation.SenderKind.NEW_RAMPING;
import static tayori.simulation.SenderKind.NEW_SMALL;
import static tayori.simulation.SenderKind.SLOPPY;
import static tayori.simulation.SenderKind.SMALL;
import static tayori.simulation.SenderKind.SPAMMER;
import static tayori.simulation.SenderKind.THROW_AWAY;
import static tayori.simulation.SenderKind.TRANSACTIONAL;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tayori.simulation.ReputationSimulation.Plan;
import tayori.simulation.Tally.Figure;

/// Writes down what a run found. Every number is a mean over seeds with its 95 % confidence interval, unless its table
/// says otherwise.
final class Report {
    private final Plan plan;
    private final List<Model> all = Model.all();
    private final List<Model> few = Model.chosen();
    private final List<Model> acting = Model.acting();
    private final List<Model> bombed = Model.bombed();
    private final List<SeedResult> results;

    /// By seed, then by model.
    private final List<List<Tally>> main;

    private final StringBuilder text = new StringBuilder();

    /// @param results by seed
    Report(Plan plan, List<SeedResult> results) {
        this.plan = plan;
        this.results = results;
        main = results.stream().map(SeedResult::main).toList();
        opening();
        standing();
        fixedLimits();
        curves();
        times();
        collateral();
        bombing();
        throwAways();
        closedLoop();
        sensitivity();
        world();
    }

    @Override
    public String toString() {
        return text.toString();
    }

    private void say(String paragraph) {
        text.append(paragraph.strip()).append("\n\n");
    }

    private static Estimate over(
            List<List<Tally>> bySeed, int model, ToDoubleFunction<Tally> figure) {
        return Estimate.of(
                bySeed.stream().map(seed -> figure.applyAsDouble(seed.get(model))).toList());
    }

    private static Estimate difference(
            List<List<Tally>> bySeed, int one, int other, ToDoubleFunction<Tally> figure) {
        return Estimate.of(
                bySeed.stream()
                        .map(seed ->
                                figure.applyAsDouble(seed.get(one))
                                        - figure.applyAsDouble(seed.get(other)))
                        .toList());
    }

    /// A column of the report.
    private record Column(String title, ToDoubleFunction<Tally> figure) {}

    private void table(List<List<Tally>> bySeed, List<Model> models, List<Column> columns) {
        var table =
                new Table(
                        Stream.concat(Stream.of("model"), columns.stream().map(Column::title))
                                .toList());
        for (int model = 0; model < models.size(); model++) {
            int index = model;
            table.row(
                    Stream.concat(
                                    Stream.of(models.get(model).name()),
                                    columns.stream()
                                            .map(column ->
                                                    over(bySeed, index, column.figure()).percent()))
                            .toList());
        }
        say(table.toString());
    }

    private void opening() {
        say("Written by `./tayori simulate reputation " + plan.arguments() + "`.");
        say(
                """
                Unless a table says otherwise every number is a mean over these seeds ± the half width of its 95 % confidence
                interval (Student's t over seeds). The same command writes the same report.
                """);
        if (plan.fast()) {
            say(
                    "A twentieth of the senders and fewer worlds: this shows that it works, and nothing else.");
        }
    }

    /// Figures on which models are compared.
    ///
    /// @param more whether more is better
    private record Contest(String title, boolean more, ToDoubleFunction<Tally> figure) {}

    private static final List<Contest> CONTESTS =
            List.of(
                    new Contest("spam caught", true, Tally::caught),
                    new Contest("of compromised domains", true, tally -> tally.caught(COMPROMISED)),
                    new Contest("of spammers", true, tally -> tally.caught(SPAMMER)),
                    new Contest("of throw-away domains", true, tally -> tally.caught(THROW_AWAY)),
                    new Contest("spam caught, by sender", true, Tally::caughtBySender),
                    new Contest("honest mail hit", false, Tally::hitBlameless),
                    new Contest("honest mail hit, by sender", false, Tally::hitBlamelessBySender),
                    new Contest("sloppy mail hit", false, tally -> tally.hit(SLOPPY)),
                    new Contest(
                            "good mail of compromised domains hit",
                            false,
                            tally -> tally.hit(COMPROMISED)),
                    new Contest("un-warmed honest bulk hit", false, tally -> tally.hit(NEW_BULK)),
                    new Contest(
                            "spam found at .35 % of honest mail",
                            true, tally -> tally.figure(Figure.TPR_AT_35_IN_10000)),
                    new Contest("area under the curve", true, tally -> tally.figure(Figure.AREA)));

    private void standing() {
        say("## How Tayori stands beside each model");
        say(
                """
                Difference to Tayori in points of percent, seed by seed in the same world, with its 95 % interval: **ahead** or
                *behind* where the interval leaves no doubt, otherwise level. All at each model's own fixed limit but the last two
                rows, which choose the limit afterwards. The last three columns are Tayori itself with one option changed.
                """);
        int tayori = all.size() - 1;
        var titles = new ArrayList<>(List.of("figure"));
        all.subList(0, tayori).forEach(model -> titles.add(model.name()));
        var table = new Table(titles);
        for (var contest : CONTESTS) {
            var cells = new ArrayList<>(List.of(contest.title()));
            for (int other = 0; other < tayori; other++) {
                var difference = difference(main, tayori, other, contest.figure());
                String mark =
                        !difference.clear()
                                ? "level"
                                : difference.mean() > 0 == contest.more()
                                        ? "**ahead**"
                                        : "*behind*";
                cells.add(mark + " " + difference.points());
            }
            table.row(cells);
        }
        say(table.toString());
    }

    private void fixedLimits() {
        say("## At the fixed limits");
        say(
                """
                Every model at its own limit, as an operator would run it. Share of the spam that came while its sender was listed,
                and share of honest mail that did, in percent. Senders who are to blame for something stand apart, under
                *Collateral*.
                """);
        table(
                main,
                all,
                List.of(
                        new Column("spam caught", Tally::caught),
                        new Column("compromised", tally -> tally.caught(COMPROMISED)),
                        new Column("spammer", tally -> tally.caught(SPAMMER)),
                        new Column("throw-away", tally -> tally.caught(THROW_AWAY)),
                        new Column("honest mail hit", Tally::hitBlameless),
                        new Column("transactional", tally -> tally.hit(TRANSACTIONAL)),
                        new Column("newsletter", tally -> tally.hit(NEWSLETTER)),
                        new Column("small", tally -> tally.hit(SMALL)),
                        new Column("new, ramping", tally -> tally.hit(NEW_RAMPING)),
                        new Column("new, small", tally -> tally.hit(NEW_SMALL))));
        say("The same with every sender counting alike, however much it writes:");
        table(
                main,
                all,
                List.of(
                        new Column("spam caught", Tally::caughtBySender),
                        new Column("compromised", tally -> tally.caughtBySender(COMPROMISED)),
                        new Column("spammer", tally -> tally.caughtBySender(SPAMMER)),
                        new Column("throw-away", tally -> tally.caughtBySender(THROW_AWAY)),
                        new Column("honest mail hit", Tally::hitBlamelessBySender)));
    }

    private void curves() {
        say("## Whatever the limit");
        say(
                """
                How well the scores alone tell spam from honest mail, in percent: spam found when the limit is set so that .01 % or
                .35 % of honest mail is hit; area under the ROC curve; average precision. Tayori's score is its published rate; its
                rule of three reporters and its slow leaving of the list are no part of it.
                """);
        table(
                main,
                all,
                List.of(
                        new Column(
                                "found at .01 %", tally -> tally.figure(Figure.TPR_AT_1_IN_10000)),
                        new Column(
                                "found at .35 %", tally -> tally.figure(Figure.TPR_AT_35_IN_10000)),
                        new Column("area", tally -> tally.figure(Figure.AREA)),
                        new Column("precision", tally -> tally.figure(Figure.PRECISION)),
                        new Column(
                                "by sender: found at .35 %",
                                tally -> tally.figure(Figure.DOMAINS_TPR_AT_35_IN_10000)),
                        new Column("by sender: area", tally -> tally.figure(Figure.DOMAINS_AREA))));
    }

    private void times() {
        say("## How long it takes");
        say(
                """
                Hours from a sender's first spam to its listing, senders of all seeds together: median and 90 % quantile, each with
                its 95 % interval by order statistics. *Never*: so many were not listed as long as they wrote. Last three columns:
                share of the spam, in percent, that came before.
                """);
        var kinds = List.of(COMPROMISED, SPAMMER, THROW_AWAY);
        var titles = new ArrayList<>(List.of("model"));
        kinds.forEach(kind -> titles.add(kind.words() + ": median"));
        kinds.forEach(kind -> titles.add(kind.words() + ": 90 %"));
        kinds.forEach(kind -> titles.add("passed before: " + kind.words()));
        var table = new Table(titles);
        for (int model = 0; model < all.size(); model++) {
            int index = model;
            var cells = new ArrayList<>(List.of(all.get(model).name()));
            for (double share : new double[] {.5, .9}) {
                for (var kind : kinds) {
                    var hours = main.stream().flatMap(seed -> seed.get(index).hours(kind)).toList();
                    cells.add(Quantile.of(share, hours));
                }
            }
            for (var kind : kinds) {
                cells.add(over(main, model, tally -> tally.passedBefore(kind)).percent());
            }
            table.row(cells);
        }
        say(table.toString());
    }

    private void collateral() {
        say("## Collateral");
        say(
                """
                Honest mail, in percent, that came while its sender was listed: of senders who keep their lists badly (about one in
                25 of them truly exceeds the limit), of compromised domains (the honest cost of judging a whole domain), of honest
                newcomers who write to their whole list on the first day. Then senders who were ever listed while they wrote.
                """);
        table(
                main,
                all,
                List.of(
                        new Column("sloppy", tally -> tally.hit(SLOPPY)),
                        new Column("compromised", tally -> tally.hit(COMPROMISED)),
                        new Column("un-warmed bulk", tally -> tally.hit(NEW_BULK)),
                        new Column("ever listed: sloppy", tally -> tally.everHit(SLOPPY)),
                        new Column("newsletter", tally -> tally.everHit(NEWSLETTER)),
                        new Column("small", tally -> tally.everHit(SMALL)),
                        new Column("transactional", tally -> tally.everHit(TRANSACTIONAL)),
                        new Column("un-warmed bulk", tally -> tally.everHit(NEW_BULK))));
    }

    private void bombing() {
        say("## Bombing");
        say(
                """
                Hostile providers invent complaints about clean newsletters, all at once, dated to their newest mails: share of the
                newsletters, in percent, that are listed within three days. *With receipts* a provider can complain only about mails
                that it really delivered in the last week, each recipient once; the fakes are split evenly over the hostile
                providers, which are chosen anew for each victim, large or small. The first row is without any attack. Last column: Tayori
                leaves out one provider of a sender active on fewer than 14 days and two of others; here the others alone. Where none
                of the 480 victims of a full run is listed, the true share is below .8 % (95 %).
                """);
        var titles = new ArrayList<>(List.of("fake complaints", "through", "receipts"));
        bombed.forEach(model -> titles.add(model.name()));
        titles.add("**Tayori**, victims active on 14 days and more");
        var table = new Table(titles);
        var attacks = Bombing.attacks();
        for (int i = 0; i < attacks.size(); i++) {
            int attack = i;
            var cells = new ArrayList<String>();
            boolean none = attacks.get(i).fakes() == 0;
            cells.add(String.format(Locale.ROOT, "%,d", attacks.get(i).fakes()));
            cells.add(none ? "–" : attacks.get(i).providers() + " of 6");
            cells.add(none ? "–" : attacks.get(i).receipts() ? "with" : "without");
            for (int model = 0; model <= bombed.size(); model++) {
                int column = model;
                cells.add(
                        Estimate.of(
                                        results.stream()
                                                .map(seed -> seed.bombs().get(attack).get(column))
                                                .toList())
                                .percent());
            }
            table.row(cells);
        }
        say(table.toString());
    }

    private void throwAways() {
        say("## Throw-away domains and the allowance of newcomers");
        say(
                """
                Share of mail, in percent, that passes when only so many mails are taken of a new domain on its first day, twice as
                many on every further day, and any number from the tenth active day on. *In all*: all providers share one allowance.
                *Each*: every provider takes so many, which is what is published, since providers do not count together.
                """);
        var titles = new ArrayList<>(List.of("first day", "taken by", "listed mail refused"));
        Allowances.KINDS.forEach(kind -> titles.add(kind.words()));
        var table = new Table(titles);
        var rules = Allowances.rules();
        for (int i = 0; i < rules.size(); i++) {
            int rule = i;
            var cells = new ArrayList<String>();
            cells.add(String.format(Locale.ROOT, "%,d", rules.get(i).firstDay()));
            cells.add(rules.get(i).each() ? "each" : "all together");
            cells.add(rules.get(i).listing() ? "by Tayori" : "no");
            for (var kind : Allowances.KINDS) {
                cells.add(
                        Estimate.of(
                                        results.stream()
                                                .map(seed ->
                                                        seed.allowances()
                                                                .getOrDefault(kind, List.of())
                                                                .get(rule))
                                                .toList())
                                .percent());
            }
            table.row(cells);
        }
        say(table.toString());
    }

    private void closedLoop() {
        say("## When verdicts act");
        say(
                """
                So far nobody listened to the verdict. Here mail of a listed sender goes to Junk (a twentieth of the complaints
                about it remain) or is refused (nobody sees or counts it), and the model must judge by what is left. Spam that came
                while its sender was listed, honest mail likewise, in percent, with a quarter of the purely honest senders; then how often
                a spammer was put on the list.
                """);
        var table =
                new Table(
                        List.of(
                                "mail of listed senders",
                                "model",
                                "spam caught",
                                "compromised",
                                "spammer",
                                "throw-away",
                                "honest mail hit",
                                "compromised, good mail hit",
                                "listings of a spammer"));
        plan.loops()
                .forEach(loop -> {
                    var bySeed =
                            results.stream()
                                    .map(seed -> seed.loops().getOrDefault(loop, List.of()))
                                    .toList();
                    for (int model = 0; model < acting.size(); model++) {
                        table.row(
                                List.of(
                                        loop == Consequence.JUNK ? "to Junk" : "refused",
                                        acting.get(model).name(),
                                        over(bySeed, model, Tally::caught).percent(),
                                        over(bySeed, model, tally -> tally.caught(COMPROMISED))
                                                .percent(),
                                        over(bySeed, model, tally -> tally.caught(SPAMMER))
                                                .percent(),
                                        over(bySeed, model, tally -> tally.caught(THROW_AWAY))
                                                .percent(),
                                        over(bySeed, model, Tally::hitBlameless).percent(),
                                        over(bySeed, model, tally -> tally.hit(COMPROMISED))
                                                .percent(),
                                        over(bySeed, model, tally -> tally.listings(SPAMMER))
                                                .plain()));
                    }
                });
        say(table.toString());
    }

    private void sensitivity() {
        say("## When the world is another");
        say(
                """
                The same figures where one thing is different, in percent; all spam, but only a quarter of the purely honest senders.
                First: spam caught at the fixed limit.
                """);
        worlds(Tally::caught);
        say("Of compromised domains:");
        worlds(tally -> tally.caught(COMPROMISED));
        say("Of throw-away domains:");
        worlds(tally -> tally.caught(THROW_AWAY));
        say("Honest mail hit at the fixed limit:");
        worlds(Tally::hitBlameless);
        say("Spam found when the limit is set so that .35 % of honest mail is hit:");
        worlds(tally -> tally.figure(Figure.TPR_AT_35_IN_10000));
        say("Area under the ROC curve:");
        worlds(tally -> tally.figure(Figure.AREA));
    }

    private void worlds(ToDoubleFunction<Tally> figure) {
        var titles = new ArrayList<>(List.of("world"));
        few.forEach(model -> titles.add(model.name()));
        var table = new Table(titles);
        var places = few.stream().map(all::indexOf).toList();
        table.row(world("as described", main, places, figure));
        var same = IntStream.range(0, few.size()).boxed().toList();
        for (var scenario : plan.scenarios()) {
            var bySeed =
                    results.stream()
                            .map(seed -> seed.others().getOrDefault(scenario, List.of()))
                            .toList();
            table.row(world(scenario.name(), bySeed, same, figure));
        }
        say(table.toString());
    }

    private static List<String> world(
            String name,
            List<List<Tally>> bySeed,
            List<Integer> models,
            ToDoubleFunction<Tally> figure) {
        return Stream.concat(
                        Stream.of(name),
                        models.stream().map(model -> over(bySeed, model, figure).percent()))
                .toList();
    }

    private void world() {
        say("## The world");
        say(
                """
                %d days, of which the first %d are not counted; one row for each kind of mail. Numbers are medians over senders, each
                of whom keeps its own (log-normal, except the content score: normal); rates in percent. Complaints follow their mail
                after a log-normal time with median %.0f hours and spread %.1f; models that correct for the delay know that. Providers
                receive %s of all mail; senders scatter around that.
                """
                        .formatted(
                                Scenario.DAYS,
                                Scenario.WARM_UP_HOURS / 24,
                                Scenario.DELAY_MEDIAN_HOURS,
                                Scenario.DELAY_SPREAD,
                                Scenario.main().shares()));
        var table =
                new Table(
                        List.of(
                                "senders",
                                "number",
                                "mail",
                                "rhythm",
                                "mails a day",
                                "complaints",
                                "unknown recipients",
                                "traps",
                                "content score"));
        for (var kind : SenderKind.values()) {
            kind.honest().ifPresent(habit -> table.row(habit(kind, "honest", habit)));
            kind.spam().ifPresent(habit -> table.row(habit(kind, "spam", habit)));
        }
        say(table.toString());
    }

    private static List<String> habit(SenderKind kind, String mail, Habit habit) {
        return List.of(
                kind.words(),
                String.valueOf(kind.count()),
                mail,
                habit.rhythm().words(),
                number("%,.0f", habit.mails()),
                number("%.2f", 100 * habit.complaints()),
                number("%.1f", 100 * habit.unknownRecipients()),
                number("%.4f", 100 * habit.traps()),
                number("%.1f", habit.score()));
    }

    private static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
