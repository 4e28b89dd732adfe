using EdgeAgent.Intake;
using Wire.Model;

namespace EdgeAgent.Enrichment;

/// <summary>Who acts, by what the kernel tells of a task: the same object for as long as it says the same, so that an event takes none of its own. One thread only.</summary>
/// <param name="users">Names of users.</param>
/// <param name="containers">Ids of containers.</param>
/// <param name="processes">Knows when session leaders began.</param>
internal sealed class Actors(UserNames users, ContainerIds containers, ProcessTable processes)
{
    // Most hosts have some dozens. One that takes the place of another costs an object, no more.
    private readonly ActorFacts?[] _latest = new ActorFacts?[1024];

    /// <summary>Who acts.</summary>
    internal ActorFacts Of(in EdgeTask task)
    {
        var credentials = new Credentials(task.Uid, task.Euid, task.Gid, task.Egid, task.LoginUid, task.AuditSession, processes.SessionOf(task.SessionPid))
        {
            Capabilities = task.Capabilities,
        };
        var namespaces = new Namespaces(task.MountNamespace, task.PidNamespace, task.NetworkNamespace, task.UserNamespace);
        var (user, effective) = (users.NameOf(task.Uid), users.NameOf(task.Euid));
        var login = task.LoginUid == Credentials.Unset ? "" : users.NameOf(task.LoginUid);
        var container = containers.Of(task.CgroupId);

        ref var latest = ref _latest[(uint)HashCode.Combine(task.Euid, task.SessionPid, task.Capabilities, task.CgroupId, task.MountNamespace) % (uint)_latest.Length];
        if (latest is not null && latest.Credentials == credentials && latest.CgroupId == task.CgroupId && latest.Terminal == task.Terminal && latest.Namespaces == namespaces
            && latest.UserName == user && latest.EffectiveUserName == effective && latest.LoginUserName == login && latest.ContainerId == container)
        {
            return latest;
        }

        return latest = new ActorFacts
        {
            Credentials = credentials,
            UserName = user,
            EffectiveUserName = effective,
            LoginUserName = login,
            Terminal = task.Terminal,
            Namespaces = namespaces,
            CgroupId = task.CgroupId,
            ContainerId = container,
        };
    }
}
