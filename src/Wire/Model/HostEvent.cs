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

    /// <inheritdoc cref="ActorFacts.Credentials"/>
    public Credentials Credentials => _facts.Actor.Credentials;

    /// <inheritdoc cref="ActorFacts.UserName"/>
    public string UserName => _facts.Actor.UserName;

    /// <inheritdoc cref="ActorFacts.EffectiveUserName"/>
    public string EffectiveUserName => _facts.Actor.EffectiveUserName;

    /// <inheritdoc cref="ActorFacts.LoginUserName"/>
    public string LoginUserName => _facts.Actor.LoginUserName;

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

    /// <inheritdoc cref="ActorFacts.Terminal"/>
    public uint Terminal => _facts.Actor.Terminal;

    /// <inheritdoc cref="ActorFacts.Namespaces"/>
    public Namespaces Namespaces => _facts.Actor.Namespaces;

    /// <inheritdoc cref="ActorFacts.CgroupId"/>
    public ulong CgroupId => _facts.Actor.CgroupId;

    /// <inheritdoc cref="ActorFacts.ContainerId"/>
    public string ContainerId => _facts.Actor.ContainerId;

    /// <summary>The facts for who makes the event; nobody else has seen it yet.</summary>
    internal ref EventFacts FactsToSet => ref _facts;

    /// <summary>Becomes another event of its kind, or with <c>default</c> none.</summary>
    private protected void Renew(in EventFacts facts) => _facts = facts;
}
