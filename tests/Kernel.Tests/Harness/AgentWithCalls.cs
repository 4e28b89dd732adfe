using System.Text.Json.Nodes;

namespace Kernel.Tests.Harness;

/// <summary>
/// An agent that watches files <c>watched/w…</c>, each for one test to do to it what it likes, and a folder. Other users may enter the
/// folders and read no watched file.
/// </summary>
public sealed class AgentWithCalls : RunningAgent
{
    private const int Files = 64;
    private int _next;

    /// <summary>A watched folder.</summary>
    internal string Folder => Scratch.Under("folder");

    /// <summary>A watched file that no other test has; it exists.</summary>
    internal string NewWatched() => WatchedAt(Interlocked.Increment(ref _next) - 1);

    /// <summary>A file that nobody watches and no other test has.</summary>
    internal string NewOther() => Scratch.Write($"other/o{Interlocked.Increment(ref _next)}");

    /// <summary>A name that nothing has.</summary>
    internal string NewName() => Scratch.Under($"other/n{Interlocked.Increment(ref _next)}");

    /// <summary>The event of the call that the trigger did.</summary>
    internal Task<AgentEvent> CallAsync(Truth truth, string call) => Agent.WaitForEventAsync(
        e => e.Kind == "call" && e.ProcessId == truth.Pid && e.Text("Call") == call, $"{call} by {truth.Pid}");

    /// <inheritdoc/>
    protected override JsonObject Options()
    {
        Scratch.Write("folder/single");
        Scratch.Write("other/some");
        foreach (var i in Enumerable.Range(0, Files))
        {
            File.SetUnixFileMode(Scratch.Write($"watched/w{i:00}", "watched\n"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        foreach (var folder in new[] { "", "folder", "other", "watched" })
        {
            const UnixFileMode Open = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead
                | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
            File.SetUnixFileMode(Scratch.Under(folder), Open);
        }

        return new JsonObject
        {
            ["watch.moreFiles"] = new JsonArray([.. Enumerable.Range(0, Files).Select(i => (JsonNode)WatchedAt(i))]),
            ["watch.moreFolders"] = new JsonArray(Folder),

            // So that what follows a change at once does not come of it.
            ["watch.rescanSeconds"] = 3600,
        };
    }

    private string WatchedAt(int i) => i < Files ? Scratch.Under($"watched/w{i:00}") : throw new InvalidOperationException("more files are needed");
}
