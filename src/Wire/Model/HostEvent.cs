namespace Wire.Model;

/// <summary>One thing that a process really did on a host.</summary>
/// <remarks>Immutable. Total order: time, then <see cref="Id"/> (host id, boot id, lane, sequence).</remarks>
/// <param name="facts">What is common to all kinds.</param>
public abstract class HostEvent(EventFacts facts)
{
    /// <summary>What happened.</summary>
    public abstract EventKind Kind { get; }

    /// <summary>What is common to all kinds.</summary>
    public EventFacts Facts => facts;

    /// <summary>Identity of this event.</summary>
    public EventId Id => new(facts.Host.HostId, facts.Host.BootId, facts.Lane, facts.Sequence);

    /// <inheritdoc cref="EventFacts.Host"/>
    public HostIdentity Host => facts.Host;

    /// <inheritdoc cref="EventFacts.Lane"/>
    public Lane Lane => facts.Lane;

    /// <inheritdoc cref="EventFacts.Sequence"/>
    public ulong Sequence => facts.Sequence;

    /// <inheritdoc cref="EventFacts.BootNs"/>
    public ulong BootNs => facts.BootNs;

    /// <inheritdoc cref="EventFacts.TimeNs"/>
    public long TimeNs => facts.TimeNs;

    /// <inheritdoc cref="EventFacts.Process"/>
    public ProcessNode Process => facts.Process;

    /// <inheritdoc cref="EventFacts.Credentials"/>
    public Credentials Credentials => facts.Credentials;

    /// <inheritdoc cref="EventFacts.UserName"/>
    public string UserName => facts.UserName;

    /// <inheritdoc cref="EventFacts.EffectiveUserName"/>
    public string EffectiveUserName => facts.EffectiveUserName;

    /// <inheritdoc cref="EventFacts.LoginUserName"/>
    public string LoginUserName => facts.LoginUserName;

    /// <inheritdoc cref="EventFacts.ThreadId"/>
    public uint ThreadId => facts.ThreadId;

    /// <inheritdoc cref="EventFacts.Cpu"/>
    public uint Cpu => facts.Cpu;

    /// <inheritdoc cref="EventFacts.Flags"/>
    public EventFlags Flags => facts.Flags;

    /// <inheritdoc cref="EventFacts.Origin"/>
    public OriginFlags Origin => facts.Origin;

    /// <inheritdoc cref="EventFacts.Repeated"/>
    public uint Repeated => facts.Repeated;

    /// <inheritdoc cref="EventFacts.RepeatedNs"/>
    public ulong RepeatedNs => facts.RepeatedNs;

    /// <inheritdoc cref="EventFacts.CgroupId"/>
    public ulong CgroupId => facts.CgroupId;

    /// <inheritdoc cref="EventFacts.ContainerId"/>
    public string ContainerId => facts.ContainerId;
}
