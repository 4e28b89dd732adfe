using EdgeAgent.Options;
using Wire.Model;

namespace EdgeAgent.Filtering;

/// <summary>Fifth stage: decides what leaves the host. What stays is accounted for by its sequence number. Thread-safe.</summary>
/// <remarks>By kind and by the marks of the kernel's watch lists; never by a name that a process can choose.</remarks>
internal sealed class EventFilter(AgentOptions options)
{
    /// <summary>True when the event is to be sent.</summary>
    internal bool Passes(HostEvent e) => e.Kind switch
    {
        EventKind.Exec => options.ForwardExec == ForwardExec.All || (e.Flags & EventFlags.Sensitive) != 0,
        EventKind.Fork or EventKind.Exit => options.ForwardLifecycle,
        EventKind.FileOpen => e is not FileOpenEvent { Error: not 0 } || (e.Flags & EventFlags.Sensitive) != 0,
        EventKind.Call => e is not CallEvent { IsFileChange: true } || (e.Flags & EventFlags.Sensitive) != 0,
        _ => true,
    };
}
