namespace Wire.Model;

/// <summary>Who acted, as the kernel saw it at the event.</summary>
/// <param name="Uid">Real user id.</param>
/// <param name="Euid">Effective user id.</param>
/// <param name="Gid">Real group id.</param>
/// <param name="Egid">Effective group id.</param>
/// <param name="LoginUid">Audit login uid; <see cref="Unset"/> outside a login.</param>
/// <param name="AuditSession">Audit session id; <see cref="Unset"/> outside a login.</param>
/// <param name="Session">
/// Session leader (<c>getsid</c>); its start is 0 when the leader is not known to the agent. Where the leader only forked and called
/// setsid, without executing a program: the leader of the session it came from.
/// </param>
public readonly record struct Credentials(
    uint Uid, uint Euid, uint Gid, uint Egid, uint LoginUid, uint AuditSession, ProcessKey Session)
{
    /// <summary>The kernel's "not set" for login uid and audit session.</summary>
    public const uint Unset = uint.MaxValue;

    /// <summary>Effective capabilities, a bit for each by its number (capabilities(7)); they hold in the user namespace of the process.</summary>
    public ulong Capabilities { get; init; }

    /// <summary>True when the process acts with another user's rights than those of who started it.</summary>
    public bool ChangedPrivilege => Uid != Euid;

    /// <summary>Of all parts, seeded: whoever may choose ids must not choose which of them come to lie in one place.</summary>
    public override int GetHashCode() => HashCode.Combine(
        HashCode.Combine(Uid, Euid, Gid, Egid, LoginUid, AuditSession), Session.Pid, Session.StartNs, Capabilities);
}
