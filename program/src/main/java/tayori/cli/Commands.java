package tayori.cli;

import java.util.List;
import java.util.function.Function;

/// Every command of the program: to add one, write its class and add its line.
///
/// Only the command that is asked for is made, because reading the annotations of all of them costs more time than most
/// of them need.
final class Commands {
    /// @param name the word on the command line; the class carries the same name in its annotation
    /// @param maker makes the command for one terminal
    record Entry(String name, Function<Terminal, Object> maker) {}

    static final List<Entry> ALL =
            List.of(
                    new Entry("check", CheckCommand::new),
                    new Entry("spf", SpfCommand::new),
                    new Entry("dmarc", DmarcCommand::new),
                    new Entry("domain", DomainCommand::new),
                    new Entry("dkim", DkimCommand::new),
                    new Entry("reputation", ReputationCommand::new),
                    new Entry("replay", ReplayCommand::new),
                    new Entry("report", ReportCommand::new),
                    new Entry("config", ConfigCommand::new),
                    new Entry("generate-completion", CompletionCommand::new),
                    new Entry("demo", DemoCommand::new),
                    new Entry("serve", ServeCommand::new),
                    new Entry("simulate", SimulateCommand::new),
                    new Entry("train", TrainCommand::new));

    private Commands() {}
}
