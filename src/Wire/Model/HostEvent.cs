namespace Wire.Model;

/// <summary>One thing that a process really did on a host.</summary>
/// <remarks>
/// Immutable; those of an <see cref="EventPool"/> until they are given back. Total order: time, then <see cref="Id"/> (host id, boot id,
/// lane, sequence).
/// </remarks>
public abstract class HostEvent
{
    private EventFacts _facts;

    /// <summary>An event with these facts.</summary>
    /// <param name="facts">What is common to all kinds.</param>
    protected HostEvent(in EventFacts facts) => _facts = facts;

    /// <summary>An event whose facts are set by who makes it.</summary>
    private protected HostEvent()
    {
    }

    /// <summary>What happened.</summary>
    public abstract EventKind Kind { get; }

    /// <summary>What is common to all kinds.</summary>
    public ref readonly EventFacts Facts => ref _facts;

    /// <summary>Identity of this event.</summary>
    public EventId Id => new(_facts.Host.HostId, _facts.Host.BootId, _facts.Lane, _facts.Sequence);

    /// <inheritdoc cref="EventFacts.Host"/>
    public HostIdentity Host => _facts.Host;

    /// <inheritdoc cref="EventFacts.Lane"/>
    public Lane Lane => _facts.Lane;

    /// <inheritdoc cref="EventFacts.Sequence"/>
    public ulong Sequence => _facts.Sequence;

    /// <inheritdoc cref="EventFacts.BootNs"/>
    public ulong BootNs => _facts.BootNs;

    /// <inheritdoc cref="EventFacts.TimeNs"/>
    public long TimeNs => _facts.TimeNs;

    /// <inheritdoc cref="EventFacts.Process"/>
    public ProcessNode Process => _facts.Process;

    /// <inheritdoc cref="EventFacts.Credentials"/>
    public Credentials Credentials => _facts.Credentials;

    /// <inheritdoc cref="EventFacts.UserName"/>
    public string UserName => _facts.UserName;

    /// <inheritdoc cref="EventFacts.EffectiveUserName"/>
    public string EffectiveUserName => _facts.EffectiveUserName;

    /// <inheritdoc cref="EventFacts.LoginUserName"/>
    public string LoginUserName => _facts.LoginUserName;

    /// <inheritdoc cref="EventFacts.ThreadId"/>
    public uint ThreadId => _facts.ThreadId;

    /// <inheritdoc cref="EventFacts.Cpu"/>
    public uint Cpu => _facts.Cpu;

    /// <inheritdoc cref="EventFacts.Flags"/>
    public EventFlags Flags => _facts.Flags;

    /// <inheritdoc cref="EventFacts.Origin"/>
    public OriginFlags Origin => _facts.Origin;

    /// <inheritdoc cref="EventFacts.Repeated"/>
    public uint Repeated => _facts.Repeated;

    /// <inheritdoc cref="EventFacts.RepeatedNs"/>
    public ulong RepeatedNs => _facts.RepeatedNs;

    /// <inheritdoc cref="EventFacts.Terminal"/>
    public uint Terminal => _facts.Terminal;

    /// <inheritdoc cref="EventFacts.Namespaces"/>
    public Namespaces Namespaces => _facts.Namespaces;

    /// <inheritdoc cref="EventFacts.CgroupId"/>
    public ulong CgroupId => _facts.CgroupId;

    /// <inheritdoc cref="EventFacts.ContainerId"/>
    public string ContainerId => _facts.ContainerId;

    /// <summary>The facts for who makes the event; nobody else has seen it yet.</summary>
    internal ref EventFacts FactsToSet => ref _facts;

    /// <summary>Becomes another event of its kind, or with <c>default</c> none.</summary>
    private protected void Renew(in EventFacts facts) => _facts = facts;
}
