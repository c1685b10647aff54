package io.plimsoll.server.cli;

/** Exit codes of the program, as its help documents them. */
public final class ExitCode {

    /** Done. */
    public static final int OK = 0;

    /** Something outside the command line and the configuration went wrong. */
    public static final int FAILURE = 1;

    /** The command line, the configuration or a file given on the command line cannot be used. */
    public static final int USAGE = 2;

    private ExitCode() {}
}
