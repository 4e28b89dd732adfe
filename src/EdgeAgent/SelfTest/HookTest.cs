using EdgeAgent.Enrichment;
using Wire.Model;
using Wire.Text;

namespace EdgeAgent.SelfTest;

/// <summary>
/// Sets the hooks off every few minutes and looks whether the probes report it. A probe that was detached, or that loads and never fires,
/// is noticed while the agent runs. One thread only, but for the setting off.
/// </summary>
/// <param name="setOff">Sets the hooks off, with a port for the connects; returns which. May take long: runs on a thread of its own.</param>
/// <param name="lost">How many records the kernel found no space for so far: while some are lost, a missing one tells nothing.</param>
/// <param name="isDrained">True when no record waits in the rings: before, a missing one may be among them.</param>
/// <param name="self">Process id of the agent.</param>
/// <param name="interval">Time between two tests.</param>
/// <param name="time">The clock.</param>
/// <param name="report">Receives one line for each change of state.</param>
/// <param name="change">Changes files of the agent's own: whether the probes were asked about that; null = they need not be.</param>
internal sealed class HookTest(
    Func<ushort, Hooks> setOff, Func<ulong> lost, Func<bool> isDrained, uint self, TimeSpan interval, TimeProvider time, Action<string> report,
    Func<bool?>? change = null)
{
    /// <summary>Time in which a probe must have reported.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>Setting off that takes longer is reported.</summary>
    internal static readonly TimeSpan SetOffPatience = TimeSpan.FromSeconds(10);

    /// <summary>Rings that after a test are not read empty for longer are reported: what is missing may be in them, so nothing can be found.</summary>
    internal static readonly TimeSpan DrainPatience = TimeSpan.FromSeconds(30);

    private const ushort FirstPort = 40_000;
    private const ushort Ports = 10_000;

    private Task<Hooks>? _settingOff;
    private ushort _port = FirstPort;
    private long _startedAt;
    private long? _setOffAt;
    private ulong _lostBefore;
    private Hooks _seen;
    private volatile bool _isChangeSeen;
    private volatile bool _isUntested;
    private volatile HookVerdicts _verdicts = HookVerdicts.None;

    /// <summary>Hooks that were set off and not reported, the last time.</summary>
    internal Hooks Silent => _verdicts.Silent;

    /// <summary>What the tests found so far. Thread-safe.</summary>
    internal HookVerdicts Verdicts => _verdicts;

    /// <summary>True while no test can be made. Thread-safe.</summary>
    internal bool IsStuck => _isUntested;

    /// <summary>True when a test was judged, or could not be made.</summary>
    internal bool IsFirstOver => _verdicts != HookVerdicts.None || _isUntested;

    /// <summary>True from the beginning of a test until it is judged.</summary>
    internal bool IsRunning => _settingOff is not null;

    /// <summary>True when a test runs and the hooks have been set off.</summary>
    internal bool IsSetOff => _settingOff is { IsCompleted: true };

    /// <summary>Takes notice of an event; true when it is of a test, or of the one at the start of the agent, and not to be sent.</summary>
    internal bool Takes(HostEvent e)
    {
        if (e is ExecEvent or ExitEvent && IsChild(e.Process, BackendProof.Port))
        {
            return true;
        }

        if (_settingOff is null)
        {
            return false;
        }

        var hook = HookOf(e);
        _seen |= hook;
        return hook != Hooks.None;
    }

    /// <summary>Begins a test when it is time, or judges the one that runs. Called over and over.</summary>
    internal void Step()
    {
        if (_settingOff is null)
        {
            if (_startedAt == 0 || time.GetElapsedTime(_startedAt) >= interval)
            {
                Begin();
            }

            return;
        }

        if (!_settingOff.IsCompleted)
        {
            if (time.GetElapsedTime(_startedAt) >= SetOffPatience)
            {
                ReportUntested("what sets the probes off does not end (a file system that does not answer?)");
            }

            return;
        }

        _setOffAt ??= time.GetTimestamp();
        if (!_settingOff.IsCompletedSuccessfully)
        {
            ReportUntested($"the probes cannot be set off ({SafeText.Escape(_settingOff.Exception!.InnerException!.Message)})");
            _settingOff = null;
            return;
        }

        var expected = _settingOff.Result;
        _seen |= _isChangeSeen ? Hooks.Change : Hooks.None;
        var waited = time.GetElapsedTime(_setOffAt.Value);
        if ((_seen & expected) == expected)
        {
            End(expected);
        }
        else if (waited >= Patience && isDrained())
        {
            // When records were lost meanwhile, what is missing may be among them: nothing is found of it.
            End(lost() == _lostBefore ? expected : expected & _seen);
        }
        else if (waited >= DrainPatience)
        {
            ReportUntested($"the rings have not been read empty for {DrainPatience.TotalSeconds:0} s (too many events?)");
        }
    }

    private void ReportUntested(string reason)
    {
        if (!_isUntested)
        {
            report($"self-test: {reason}; the probes are not tested until that is over");
        }

        _isUntested = true;
    }

    private void Begin()
    {
        _startedAt = time.GetTimestamp();
        _setOffAt = null;
        _seen = Hooks.None;
        _lostBefore = lost();
        _port = (ushort)(FirstPort + ((_port + 1 - FirstPort) % Ports));
        var port = _port;
        try
        {
            _settingOff = Task.Factory.StartNew(() => SetOff(port), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
        catch (Exception e) when (e is TaskSchedulerException or OutOfMemoryException)
        {
            // The events that there are matter more; the next time tries again.
            ReportUntested("the host has no thread to set the probes off");
        }
    }

    private Hooks SetOff(ushort port)
    {
        var expected = setOff(port);
        var isSeen = change?.Invoke();
        _isChangeSeen = isSeen is true;
        return isSeen is null ? expected : expected | Hooks.Change;
    }

    private void End(Hooks judged)
    {
        _isUntested = false;
        foreach (var hook in Enum.GetValues<Hooks>().Where(hook => hook is not (Hooks.None or Hooks.All) && judged.HasFlag(hook)))
        {
            if (!_seen.HasFlag(hook) && !Silent.HasFlag(hook))
            {
                report($"self-test: the probe of {Name(hook)} does not fire; what happens there is not seen until the agent is started anew");
            }
            else if (_seen.HasFlag(hook) && Silent.HasFlag(hook))
            {
                report($"self-test: the probe of {Name(hook)} fires again");
            }
        }

        _verdicts = _verdicts.With(judged, _seen, BootClock.NowNs());
        _settingOff = null;
    }

    private Hooks HookOf(HostEvent e) => e switch
    {
        ExecEvent when IsChild(e.Process, _port) => Hooks.Exec,
        ExitEvent when IsChild(e.Process, _port) => Hooks.Exit,
        ForkEvent when e.Process.Key.Pid == self && !_seen.HasFlag(Hooks.Fork) => Hooks.Fork,
        FileOpenEvent open when e.Process.Key.Pid == self && open.AskedPath.StartsWith(HookTriggers.OwnRoot, StringComparison.Ordinal) => Hooks.FileOpen,
        CallEvent { Call: CallKind.MemfdCreate } call when e.Process.Key.Pid == self && call.Path == HookTriggers.ArgumentOf(_port) => Hooks.Call,
        NetworkEvent network when e.Process.Key.Pid == self && network.Port == _port =>
            network.Address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork || network.Address.IsIPv4MappedToIPv6 ? Hooks.Connect4 : Hooks.Connect6,
        _ => Hooks.None,
    };

    private bool IsChild(ProcessNode process, ushort port) =>
        process.Parent?.Key.Pid == self && process.Arguments.Count == 2 && process.Arguments[1] == HookTriggers.ArgumentOf(port);

    private static string Name(Hooks hook) => hook switch
    {
        Hooks.FileOpen => "file opens",
        Hooks.Call => "system calls",
        Hooks.Change => "changes of names and files",
        Hooks.Connect4 => "IPv4 connects",
        Hooks.Connect6 => "IPv6 connects",
        _ => hook.ToString().ToLowerInvariant(),
    };
}
