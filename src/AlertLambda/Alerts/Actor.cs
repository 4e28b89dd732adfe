using Wire.Model;

namespace AlertLambda.Alerts;

/// <summary>Who stands behind an event: the login user where there is one (<c>su</c> and <c>sudo</c> do not change it), else the real user.</summary>
/// <param name="Uid">User id.</param>
/// <param name="UserName">Name on the host, raw; empty when unknown.</param>
/// <param name="LoggedIn">True when the audit login uid says so.</param>
public readonly record struct Actor(uint Uid, string UserName, bool LoggedIn)
{
    /// <summary>The actor of an event.</summary>
    public static Actor Of(HostEvent hostEvent)
    {
        ArgumentNullException.ThrowIfNull(hostEvent);
        var who = hostEvent.Credentials;
        if (who.LoginUid == Credentials.Unset)
        {
            return new Actor(who.Uid, hostEvent.UserName, false);
        }

        var name = hostEvent.LoginUserName.Length == 0 && who.LoginUid == who.Uid ? hostEvent.UserName : hostEvent.LoginUserName;
        return new Actor(who.LoginUid, name, true);
    }

    /// <summary>The actor's name for a sentence, with the rights in use where they are another's: <c>alice (as root)</c>.</summary>
    public string Short(IMarkup markup, HostEvent hostEvent)
    {
        var name = Phrases.ShortUser(markup, Uid, UserName);
        return ActingAs(markup, hostEvent) is { } other ? $"{name} (as {other})" : name;
    }

    /// <summary>The same with the user id: <c>alice (uid 1000, as root)</c>.</summary>
    public string Full(IMarkup markup, HostEvent hostEvent)
    {
        var name = Phrases.User(markup, Uid, UserName);
        return ActingAs(markup, hostEvent) is not { } other ? name
            : name.EndsWith(')') ? $"{name[..^1]}, as {other})"
            : $"{name} (as {other})";
    }

    /// <summary>
    /// The other user with whose rights the event happened, or nothing. For an exec this is the real user: that <c>sudo</c> itself is
    /// a set-uid program tells nobody anything.
    /// </summary>
    public string? ActingAs(IMarkup markup, HostEvent hostEvent)
    {
        ArgumentNullException.ThrowIfNull(hostEvent);
        var (uid, name) = hostEvent.Kind == EventKind.Exec
            ? (hostEvent.Credentials.Uid, hostEvent.UserName)
            : (hostEvent.Credentials.Euid, hostEvent.EffectiveUserName);
        return uid == Uid ? null : Phrases.ShortUser(markup, uid, name);
    }
}
