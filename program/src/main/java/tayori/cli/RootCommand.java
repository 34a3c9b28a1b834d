package tayori.cli;

import picocli.CommandLine.Command;

/// The program itself; it does nothing without a command.
@Command(
        name = "tayori",
        description = "Authenticates mail and says what it found.",
        mixinStandardHelpOptions = true,
        versionProvider = RootCommand.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        commandListHeading = "%nCommands:%n")
final class RootCommand {
    static final class Version implements picocli.CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {BuildInfo.read().sentence()};
        }
    }
}
