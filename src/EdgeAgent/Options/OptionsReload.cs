namespace EdgeAgent.Options;

/// <summary>Finds out that options have to be read anew: somebody asked for it, or a file they came from was changed. One look at a time.</summary>
/// <param name="read">Reads all sources; the options must not be used when there are faults.</param>
/// <param name="report">Receives what a person must know.</param>
public sealed class OptionsReload(Func<(AgentOptions Options, IReadOnlyList<OptionFault> Faults)> read, Action<string> report)
{
    private volatile bool _isAsked;
    private volatile bool _isTaking;
    private (string, long, long)[]? _seen;
    private (string, long, long)[]? _changing;

    /// <summary>Asks for it, from any thread.</summary>
    internal void Ask() => _isAsked = true;

    /// <summary>True from when somebody asked for it until a look began to read them. Thread-safe.</summary>
    internal bool IsAsked => _isAsked;

    /// <summary>True from when options have to be read anew until they are in force, or are not taken. Thread-safe.</summary>
    internal bool IsPending => _isAsked || _isTaking;

    /// <summary>The options of the last look are in force, or there was no room for them.</summary>
    internal void Taken() => _isTaking = false;

    /// <summary>
    /// The new options; null when nothing changed, or when they cannot be taken: then each fault was reported. A file that was changed is
    /// read when it is the same at the next look: before, somebody may still write it.
    /// </summary>
    /// <param name="current">Those in use.</param>
    internal AgentOptions? Look(AgentOptions current)
    {
        var found = SignaturesOf(current);
        _seen ??= found;
        var isSettled = _changing is not null && found.SequenceEqual(_changing);
        _changing = found.SequenceEqual(_seen) ? null : found;
        if (!_isAsked && (_changing is null || !isSettled))
        {
            return null;
        }

        _isTaking = true;
        _isAsked = false;
        _changing = null;
        _seen = found;
        var (options, faults) = read();
        foreach (var fault in faults)
        {
            report($"options were not read anew: {fault}");
        }

        if (faults.Count > 0)
        {
            _isTaking = false;
            return null;
        }

        _seen = SignaturesOf(options);
        return options;
    }

    /// <summary>True when something was changed that holds only from the next start on.</summary>
    internal static bool NeedsRestart(AgentOptions before, AgentOptions after) =>
        after != InForce(before, after) with { Sinks = before.Sinks.SequenceEqual(after.Sinks) ? after.Sinks : before.Sinks };

    /// <summary>What is in force of options that were read anew.</summary>
    /// <param name="before">Those in force before.</param>
    /// <param name="after">The new ones.</param>
    internal static AgentOptions InForce(AgentOptions before, AgentOptions after) => before with
    {
        WatchFiles = after.WatchFiles,
        WatchFolders = after.WatchFolders,
        WatchCommands = after.WatchCommands,
        WatchRules = after.WatchRules,
        ExcludedNetworks = after.ExcludedNetworks,
        ForwardExec = after.ForwardExec,
        ForwardLifecycle = after.ForwardLifecycle,
        Sources = after.Sources,
        Remarks = after.Remarks,
    };

    // A folder's time changes with the names in it.
    private static (string Path, long Changed, long Length)[] SignaturesOf(AgentOptions options) =>
        [.. options.Sources.Select(path => new FileInfo(path)).Select(file => (file.FullName, file.LastWriteTimeUtc.Ticks, file.Exists ? file.Length : -1))];
}
