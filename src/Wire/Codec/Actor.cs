using Wire.Model;

namespace Wire.Codec;

/// <summary>What events of one process in one role have in common; once per frame.</summary>
internal readonly record struct Actor(
    Credentials Credentials, string UserName, string EffectiveUserName, string LoginUserName, ulong CgroupId, string ContainerId, uint Terminal,
    Namespaces Namespaces)
{
    /// <summary>What the first entry of a table takes for the entry before it.</summary>
    public static readonly Actor BeforeFirst = new(
        new Credentials(0, 0, 0, 0, Model.Credentials.Unset, Model.Credentials.Unset, default), "", "", "", 0, "", 0, default);

    public static Actor Of(in EventFacts facts) =>
        new(facts.Credentials, facts.UserName, facts.EffectiveUserName, facts.LoginUserName, facts.CgroupId, facts.ContainerId, facts.Terminal, facts.Namespaces);

    /// <summary>True when an event has just this in common with others; much cheaper than a look into a table.</summary>
    public bool Fits(in EventFacts facts) =>
        Credentials == facts.Credentials && CgroupId == facts.CgroupId && Terminal == facts.Terminal && Namespaces == facts.Namespaces && UserName == facts.UserName
        && EffectiveUserName == facts.EffectiveUserName && LoginUserName == facts.LoginUserName && ContainerId == facts.ContainerId;

    /// <summary>Leaves out the text: it follows from the ids, and hashing text costs more than all else here.</summary>
    public override int GetHashCode() => HashCode.Combine(Credentials, CgroupId);
}
