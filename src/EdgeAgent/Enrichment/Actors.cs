using System.Runtime.InteropServices;
using EdgeAgent.Intake;
using Wire.Model;

namespace EdgeAgent.Enrichment;

/// <summary>Who acts, by what the kernel tells of a task: the same object for as long as it says the same, so that an event takes none of its own. One thread only.</summary>
/// <param name="users">Names of users.</param>
/// <param name="containers">Ids of containers.</param>
/// <param name="processes">Knows when session leaders began.</param>
/// <param name="capacity">Most actors that are remembered.</param>
internal sealed class Actors(UserNames users, ContainerIds containers, ProcessTable processes, int capacity = 1024)
{
    private readonly Dictionary<Told, ActorFacts> _known = [];

    /// <summary>Who acts. Names are those of now: a user who was renamed is another actor.</summary>
    internal ActorFacts Of(in EdgeTask task)
    {
        var told = new Told(
            new Credentials(task.Uid, task.Euid, task.Gid, task.Egid, task.LoginUid, task.AuditSession, processes.SessionOf(task.SessionPid)) { Capabilities = task.Capabilities },
            task.Terminal, new Namespaces(task.MountNamespace, task.PidNamespace, task.NetworkNamespace, task.UserNamespace), task.CgroupId);
        var (user, effective) = (users.NameOf(task.Uid), users.NameOf(task.Euid));
        var login = task.LoginUid == Credentials.Unset ? "" : users.NameOf(task.LoginUid);
        var container = containers.Of(task.CgroupId);
        if (_known.Count == capacity && !_known.ContainsKey(told))
        {
            // Most hosts have some dozens. Whoever makes many makes us make them anew.
            _known.Clear();
        }

        ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(_known, told, out _);
        if (known is null || known.UserName != user || known.EffectiveUserName != effective || known.LoginUserName != login || known.ContainerId != container)
        {
            known = new ActorFacts
            {
                Credentials = told.Credentials,
                UserName = user,
                EffectiveUserName = effective,
                LoginUserName = login,
                Terminal = told.Terminal,
                Namespaces = told.Namespaces,
                CgroupId = told.CgroupId,
                ContainerId = container,
            };
        }

        return known;
    }

    private readonly record struct Told(Credentials Credentials, uint Terminal, Namespaces Namespaces, ulong CgroupId)
    {
        public override int GetHashCode() => HashCode.Combine(Credentials, Terminal, Namespaces, CgroupId);
    }
}
