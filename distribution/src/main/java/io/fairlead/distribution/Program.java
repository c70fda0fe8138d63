// SPDX-License-Identifier: Apache-2.0
package io.fairlead.distribution;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;

/** The command line as a whole. */
final class Program {
    /** The release of Kubernetes that is followed. */
    static final String KUBERNETES_VERSION = "1.36.3";

    private final Surroundings surroundings;

    Program(Surroundings surroundings) {
        this.surroundings = requireNonNull(surroundings, "surroundings");
    }

    /** Runs the command that {@code arguments} name, and returns the exit code. */
    int run(String... arguments) {
        Terminal terminal = surroundings.terminal();
        CommandLine line = new CommandLine(new Root())
                .addSubcommand(new UpCommand(surroundings))
                .addSubcommand(new ApiServerCommand(surroundings))
                .addSubcommand(new DemoCommand(surroundings))
                .addSubcommand(new RehearseCommand(surroundings))
                .setOut(terminal.out())
                .setErr(terminal.err())
                .setParameterExceptionHandler(this::wrongArguments)
                .setExecutionExceptionHandler((failure, command, parsed) -> failed(failure));
        return line.execute(arguments);
    }

    static String version() {
        return Optional.ofNullable(Program.class.getPackage().getImplementationVersion())
                .orElse("(not packaged)");
    }

    private int wrongArguments(ParameterException problem, String[] arguments) {
        String command = problem.getCommandLine().getCommandSpec().qualifiedName();
        surroundings.terminal().error(command + ": " + problem.getMessage() + "; see " + command + " --help");
        return CommandLine.ExitCode.USAGE;
    }

    private int failed(Exception failure) {
        String reason = failure instanceof CommandException
                ? String.valueOf(failure.getMessage())
                : "failed unexpectedly: " + failure;
        surroundings.terminal().error("fairlead: " + reason);
        return CommandLine.ExitCode.SOFTWARE;
    }

    @Command(
            name = "fairlead",
            description = "A Kubernetes-compatible cluster in one JVM.",
            subcommands = CommandLine.HelpCommand.class,
            mixinStandardHelpOptions = true,
            versionProvider = Version.class,
            synopsisSubcommandLabel = "COMMAND",
            footer = {
                "",
                "The launcher ./fairlead also knows:",
                "  test        runs the whole test suite",
                "  benchmark   prints the project's figures",
                "",
                "Environment:",
                "  FAIRLEAD_HOME        where the cluster's keys and the kubeconfig are kept (~/.fairlead)",
                "  FAIRLEAD_JAVA_OPTS   further options for the JVM"
            })
    private static final class Root implements Runnable {
        @CommandLine.Spec
        private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

        @Override
        public void run() {
            spec.commandLine().usage(spec.commandLine().getOut());
        }
    }

    private static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"fairlead " + version() + " (Kubernetes " + KUBERNETES_VERSION + ")"};
        }
    }
}
