using System.Text;
using Detection.Findings;
using Wire.Model;

namespace AlertLambda.Alerts;

/// <content>What, where, who, when.</content>
public static partial class MailBody
{
    private static void What(StringBuilder body, Incident incident)
    {
        Heading(body, "WHAT");
        Line(body, $"  {Phrases.Severity(incident.Rule.Level).ToUpperInvariant()}: {MailMarkup.Prose(Phrases.Headline(incident), ProseLength)}");
        if (incident.Witnesses.Count > 0)
        {
            var last = incident.Witnesses[^1].Event;
            Line(body, $"  {Timeline.Describe(Markup, last, CommandLength)}");
            foreach (var remark in Remarks(last))
            {
                Line(body, $"  {remark}");
            }
        }

        if (incident.Group.Count > 0)
        {
            Line(body, $"  Linked by {string.Join(", ", incident.Group.Take(MaxListed).Select(g => $"{MailMarkup.Prose(g.Key, Phrases.NameLength)} = {Markup.Name(g.Value, Phrases.PathLength)}"))}.");
        }

        if (Phrases.Certainty(incident) is { } certainty)
        {
            Line(body, $"  {certainty}");
        }

        if (incident.Late)
        {
            Line(body, "  Reported late: an event that arrived out of order completed it.");
        }
    }

    private static IEnumerable<string> Remarks(HostEvent hostEvent)
    {
        if (hostEvent.Origin.HasFlag(OriginFlags.Compat32))
        {
            yield return "Through a 32-bit system call: unusual on a 64-bit host.";
        }

        if (hostEvent.Origin.HasFlag(OriginFlags.IoUring))
        {
            yield return "Through io_uring: many sensors do not see that.";
        }

        var (asked, resolved, flags) = hostEvent switch
        {
            FileOpenEvent open => (open.AskedPath, open.Path, open.PathFlags),
            ExecEvent exec => (exec.AskedPath, exec.Process.Image, exec.PathFlags),
            CallEvent call => ("", "", call.PathFlags),
            _ => ("", "", PathFlags.None),
        };
        if (asked.Length > 0 && asked != resolved)
        {
            yield return $"Asked for by the name {Markup.Name(asked, Phrases.PathLength)}.";
        }

        if (flags.HasFlag(PathFlags.Alias))
        {
            yield return "The same file as a watched one, under another name (hard link, bind mount or other mount namespace).";
        }

        if (flags.HasFlag(PathFlags.Unverified))
        {
            yield return "The path is the name that was asked for, looked up when the call was over.";
        }

        if (flags.HasFlag(PathFlags.Deleted))
        {
            yield return "The name no longer existed at that moment.";
        }

        if (flags.HasFlag(PathFlags.Detached))
        {
            yield return "Not on any mounted file system: memory file, pipe or detached mount.";
        }

        if (flags.HasFlag(PathFlags.Truncated))
        {
            yield return "The path was too long: its front is missing.";
        }
    }

    private static void Where(StringBuilder body, Incident incident)
    {
        Heading(body, "WHERE");
        var hosts = HostsOf(incident);
        if (hosts.Count == 0)
        {
            Line(body, $"  Host {Markup.Name(Summary.HostNameOrUnknown(incident), Phrases.NameLength)}");
        }

        foreach (var host in hosts.Take(MaxListed))
        {
            Line(body, host.HostName.Length > 0 ? $"  Host {HostName(host)}, id {Markup.Name(host.HostId, Phrases.NameLength)}" : $"  Host {HostName(host)}");
            if (host.Cloud is { } cloud)
            {
                Line(body, $"  EC2 instance {Short(cloud.InstanceId)} ({Short(cloud.InstanceType)}) in {Short(cloud.AvailabilityZone)}, account {Short(cloud.AccountId)}");
            }
        }

        if (hosts.Count > MaxListed)
        {
            Line(body, Invariant($"  and {hosts.Count - MaxListed} more hosts"));
        }
    }

    private static void Who(StringBuilder body, Incident incident)
    {
        Heading(body, "WHO");
        var last = incident.Witnesses[^1].Event;
        var who = last.Credentials;
        var actor = Actor.Of(last);
        if (actor.LoggedIn)
        {
            var session = who.AuditSession == Credentials.Unset ? "" : Invariant($", audit session {who.AuditSession}");
            Line(body, $"  Login user: {Phrases.User(Markup, actor.Uid, actor.UserName)}{session}");
        }
        else
        {
            Line(body, "  Login user: none. Not part of a login: a service, a scheduled job or a container.");
        }

        Line(body, $"  Real user: {Phrases.User(Markup, who.Uid, last.UserName)}");
        Line(body, $"  Effective user: {Phrases.User(Markup, who.Euid, last.EffectiveUserName)}");
        Line(body, actor.Uid == who.Euid
            ? $"  {Phrases.ShortUser(Markup, actor.Uid, actor.UserName)} acted with their own rights."
            : $"  {Phrases.ShortUser(Markup, actor.Uid, actor.UserName)} {(actor.LoggedIn ? "logged in and " : "")}acted with the rights of {Phrases.ShortUser(Markup, who.Euid, last.EffectiveUserName)}.");
        if (who.Session.Pid != 0)
        {
            var leader = last.Process.Lineage().LastOrDefault(p => p.Key.Pid == who.Session.Pid);
            Line(body, Invariant($"  Session leader: pid {who.Session.Pid}{(leader is null ? "" : $", {Phrases.Program(Markup, leader)}")}"));
        }

        var others = incident.Witnesses.Select(w => Actor.Of(w.Event)).Where(a => a.Uid != actor.Uid).DistinctBy(a => (a.Uid, a.UserName)).ToList();
        if (others.Count > 0)
        {
            var names = others.Take(MaxListed).Select(a => Phrases.User(Markup, a.Uid, a.UserName));
            Line(body, $"  Earlier events by: {string.Join(", ", names)}{(others.Count > MaxListed ? Invariant($" and {others.Count - MaxListed} more") : "")}");
        }
    }

    private static void When(StringBuilder body, Incident incident)
    {
        Heading(body, "WHEN");
        Line(body, $"  {Phrases.Utc(incident.LastTimeNs)}");
        if (incident.FirstTimeNs != incident.LastTimeNs)
        {
            Line(body, $"  first event {Phrases.Utc(incident.FirstTimeNs)}, {Phrases.Elapsed(incident.LastTimeNs - incident.FirstTimeNs)} before");
        }
    }

    private static List<HostIdentity> HostsOf(Incident incident) =>
        [.. incident.Witnesses.Select(w => w.Event.Host).DistinctBy(h => h.HostId)];

    private static string HostName(HostIdentity host) => Markup.Name(Phrases.Host(host), Phrases.NameLength);

    private static string Short(string raw) => raw.Length == 0 ? "unknown" : Markup.Name(raw, Phrases.NameLength);
}
