using System.Net;

namespace Wire.Model;

/// <summary>
/// Events that are used again, for who makes many of them and keeps none. An event is the holder's until it is given back; after that it is
/// empty and becomes another event of its kind. One thread only.
/// </summary>
/// <remarks>The values given become the properties of the event.</remarks>
/// <param name="capacity">Most unused events of a kind that are kept; further ones are left to the collector.</param>
public sealed class EventPool(int capacity = EventPool.DefaultCapacity)
{
    /// <summary>Twice what the agent takes in one pass.</summary>
    public const int DefaultCapacity = 8192;

    private readonly Stack<ExecEvent> _execs = new();
    private readonly Stack<ForkEvent> _forks = new();
    private readonly Stack<ExitEvent> _exits = new();
    private readonly Stack<FileOpenEvent> _opens = new();
    private readonly Stack<NetworkEvent> _networks = new();
    private readonly Stack<CallEvent> _calls = new();

    /// <summary>An exec.</summary>
    public ExecEvent Exec(in EventFacts facts, FileIdentity file, PathFlags pathFlags, string askedPath, string interpreter, string callerComm) =>
        (_execs.TryPop(out var unused) ? unused : new ExecEvent()).Renew(facts, file, pathFlags, askedPath, interpreter, callerComm);

    /// <summary>A fork.</summary>
    public ForkEvent Fork(in EventFacts facts, ProcessKey child) =>
        (_forks.TryPop(out var unused) ? unused : new ForkEvent { Child = child }).Renew(facts, child);

    /// <summary>The end of a process.</summary>
    public ExitEvent Exit(in EventFacts facts, int exitCode) =>
        (_exits.TryPop(out var unused) ? unused : new ExitEvent()).Renew(facts, exitCode);

    /// <summary>An open.</summary>
    public FileOpenEvent FileOpen(
        in EventFacts facts, string path, string askedPath, PathFlags pathFlags, FileIdentity file, uint openFlags, ushort error) =>
        (_opens.TryPop(out var unused) ? unused : new FileOpenEvent { Path = path })
            .Renew(facts, path, askedPath, pathFlags, file, openFlags, error);

    /// <summary>A connect or a datagram.</summary>
    public NetworkEvent Network(in EventFacts facts, bool isSend, IPAddress address, ushort port, byte protocol) =>
        (_networks.TryPop(out var unused) ? unused : new NetworkEvent(isSend) { Address = address, Port = port })
            .Renew(facts, isSend, address, port, protocol);

    /// <summary>A call.</summary>
    public CallEvent Call(
        in EventFacts facts, CallKind call, string path, string otherPath, PathFlags pathFlags, FileIdentity file, ushort error, CallArguments arguments) =>
        (_calls.TryPop(out var unused) ? unused : new CallEvent { Call = call })
            .Renew(facts, call, path, otherPath, pathFlags, file, error, arguments);

    /// <summary>Nobody looks at the event any more: it holds nothing from now on.</summary>
    public void GiveBack(HostEvent e)
    {
        switch (e)
        {
            case NetworkEvent network: Keep(_networks, network.Renew(default, isSend: false, IPAddress.None, 0, 0)); break;
            case FileOpenEvent open: Keep(_opens, open.Renew(default, "", "", PathFlags.None, default, 0, 0)); break;
            case CallEvent call: Keep(_calls, call.Renew(default, CallKind.None, "", "", PathFlags.None, default, 0, default)); break;
            case ExecEvent exec: Keep(_execs, exec.Renew(default, default, PathFlags.None, "", "", "")); break;
            case ForkEvent fork: Keep(_forks, fork.Renew(default, default)); break;
            case ExitEvent exit: Keep(_exits, exit.Renew(default, 0)); break;
            default: throw new ArgumentException($"no pool for {e.GetType().Name}", nameof(e));
        }
    }

    private void Keep<T>(Stack<T> unused, T e)
    {
        if (unused.Count < capacity)
        {
            unused.Push(e);
        }
    }
}
