namespace EndToEnd.Tests.Setup;

/// <summary>The truth about one run of sudo, as the test saw it.</summary>
/// <param name="Pid">The process of sudo.</param>
/// <param name="ExitCode">How it ended.</param>
/// <param name="Before">A moment before its start.</param>
/// <param name="After">A moment after its end.</param>
internal sealed record SudoRun(uint Pid, int ExitCode, DateTimeOffset Before, DateTimeOffset After);
