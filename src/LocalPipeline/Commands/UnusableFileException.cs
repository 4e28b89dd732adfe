namespace LocalPipeline.Commands;

/// <summary>A file of the command line cannot be used. The message names the file, the argument, and what to write; it is fit for a terminal.</summary>
internal sealed class UnusableFileException(string message, Exception inner) : IOException(message, inner);
