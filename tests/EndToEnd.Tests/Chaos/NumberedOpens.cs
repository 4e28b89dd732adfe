using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text.Json;
using Support;
using Support.Processes;

namespace EndToEnd.Tests.Chaos;

/// <summary>A process that opens files 1, 2, 3 … of a folder until it is ended.</summary>
internal sealed partial class NumberedOpens : IAsyncDisposable
{
    private const int Sigterm = 15;
    private const string Answer = "{\"";

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    private readonly ChildProcess _process;

    private NumberedOpens(ChildProcess process) => _process = process;

    /// <summary>Its process id.</summary>
    public int Pid => _process.Id;

    /// <param name="folder">A folder that nobody else writes to.</param>
    /// <param name="pause">Between two opens.</param>
    public static NumberedOpens Start(string folder, TimeSpan pause) =>
        new(ChildProcess.Start(KernelRequirements.TriggerExecutable, ["numbered_opens", folder, $"{pause.TotalMicroseconds:F0}"]));

    /// <summary>Ends it.</summary>
    /// <returns>The last number.</returns>
    public async Task<long> EndAsync()
    {
        if (kill(_process.Id, Sigterm) != 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        }

        using var truth = JsonDocument.Parse(await _process.WaitForLineAsync(Answer, Longest));
        return truth.RootElement.GetProperty("last").GetInt64();
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _process.DisposeAsync();

    [LibraryImport("libc", SetLastError = true)]
    private static partial int kill(int pid, int signal);
}
