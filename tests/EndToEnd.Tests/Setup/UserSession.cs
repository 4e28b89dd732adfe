using System.Globalization;
using Support.Processes;

namespace EndToEnd.Tests.Setup;

/// <summary>A session of a user, as a login makes one: a shell that leads it and takes commands. Ends when disposed of.</summary>
internal sealed class UserSession : IAsyncDisposable
{
    /// <summary>What every run does.</summary>
    public const string Command = "sudo -n cat /etc/shadow";

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    private readonly ChildProcess _shell;
    private int _runs;

    private UserSession(ChildProcess shell) => _shell = shell;

    /// <summary>The process id of the shell, the leader of the session.</summary>
    public uint Leader => (uint)_shell.Id;

    /// <summary>Starts the shell. All programs replace one another, so that they have one process id.</summary>
    public static UserSession Start(ThrowAwayUser user) => new(ChildProcess.Start(
        "setsid", ["setpriv", "--reuid", user.Name, "--regid", user.Name, "--init-groups", "--reset-env", "sh"]));

    /// <summary>Reads the password hashes through sudo, and throws them away. No terminal is there.</summary>
    public Task<SudoRun> ReadShadowAsync() =>
        RunAsync($"{Command} >/dev/null & echo \"run {++_runs}: $!\"; wait $!; echo \"end {_runs}: $?\"");

    /// <summary>Does the same on a terminal, which is a session of its own below this one.</summary>
    public Task<SudoRun> ReadShadowOnTerminalAsync() => RunAsync(
        $"script -qec 'echo \"run {++_runs}: $$\" >&3; exec {Command} >/dev/null' /dev/null 3>&1 </dev/null >/dev/null; "
        + $"echo \"end {_runs}: $?\"");

    // The shell's child becomes sudo and keeps its process id.
    private async Task<SudoRun> RunAsync(string line)
    {
        var before = DateTimeOffset.UtcNow;
        await _shell.WriteLineAsync(line);
        var sudo = await NumberAfterAsync($"run {_runs}: ");
        var exitCode = await NumberAfterAsync($"end {_runs}: ");
        return new SudoRun(sudo, (int)exitCode, before, DateTimeOffset.UtcNow);
    }

    private async Task<uint> NumberAfterAsync(string beginning) => uint.Parse(
        (await _shell.WaitForLineAsync(beginning, Longest)).AsSpan(beginning.Length), CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _shell.DisposeAsync();
}
