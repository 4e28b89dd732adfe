namespace Wire.Codec;

/// <summary>Field ids of an actor: with whose rights, and in which cgroup, events happened. Never reuse one. All are numbers.</summary>
/// <remarks>"As before" is the value of the entry before; before the first entry: 0, unset and empty.</remarks>
internal static class ActorField
{
    /// <summary><see cref="Model.Credentials.Uid"/>. Absent = as before.</summary>
    public const uint Uid = 1;

    /// <summary><see cref="Model.Credentials.Euid"/>. Absent = the uid.</summary>
    public const uint Euid = 2;

    /// <summary><see cref="Model.Credentials.Gid"/>. Absent = as before.</summary>
    public const uint Gid = 3;

    /// <summary><see cref="Model.Credentials.Egid"/>. Absent = the gid.</summary>
    public const uint Egid = 4;

    /// <summary><see cref="Model.Credentials.LoginUid"/>. Absent = as before.</summary>
    public const uint LoginUid = 5;

    /// <summary><see cref="Model.Credentials.AuditSession"/>. Absent = as before.</summary>
    public const uint AuditSession = 6;

    /// <summary>Pid of <see cref="Model.Credentials.Session"/>. Absent = as before.</summary>
    public const uint SessionPid = 7;

    /// <summary>Start of <see cref="Model.Credentials.Session"/>. Absent = as before.</summary>
    public const uint SessionStart = 8;

    /// <summary>String reference: <see cref="Model.HostEvent.UserName"/>. Absent = as before.</summary>
    public const uint UserName = 9;

    /// <summary>String reference: <see cref="Model.HostEvent.EffectiveUserName"/>. Absent = the user name.</summary>
    public const uint EffectiveUserName = 10;

    /// <summary>String reference: <see cref="Model.HostEvent.LoginUserName"/>. Absent = as before.</summary>
    public const uint LoginUserName = 11;

    /// <summary><see cref="Model.HostEvent.CgroupId"/>. Absent = as before.</summary>
    public const uint CgroupId = 12;

    /// <summary>String reference: <see cref="Model.HostEvent.ContainerId"/>. Absent = as before.</summary>
    public const uint ContainerId = 13;

    /// <summary>Number n: <see cref="Model.Credentials.Capabilities"/> are those below n and no others; at most 64. Absent = as before, where the next is absent, too.</summary>
    public const uint CapabilitiesBelow = 14;

    /// <summary><see cref="Model.Credentials.Capabilities"/> that are not all below some number. Absent = as before, where the field before is absent, too.</summary>
    public const uint Capabilities = 15;

    /// <summary><see cref="Model.HostEvent.Terminal"/>: minor × 2^12 + major, so that small numbers stay small. Absent = as before.</summary>
    public const uint Terminal = 16;

    /// <summary>Signed: <see cref="Model.Namespaces.Mount"/> less <see cref="FrameFormat.FirstNamespace"/>, as the next three. Absent = as before.</summary>
    public const uint MountNamespace = 17;

    /// <summary><see cref="Model.Namespaces.Pid"/>.</summary>
    public const uint PidNamespace = 18;

    /// <summary><see cref="Model.Namespaces.Network"/>.</summary>
    public const uint NetworkNamespace = 19;

    /// <summary><see cref="Model.Namespaces.User"/>.</summary>
    public const uint UserNamespace = 20;
}
