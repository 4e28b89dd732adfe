using System.Security.Cryptography;
using System.Text;
using Wire.Model;
using Wire.Text;
using YamlDotNet.RepresentationModel;

namespace LocalPipeline.RuleTests;

/// <summary>The processes of a file's stories, joined to hosts and lineages. Equal files give equal processes. Immutable.</summary>
internal sealed class StoryCast
{
    private const string DefaultHost = "web-1";
    private const uint FirstPid = 1000;

    private readonly Dictionary<string, (StoryProcess Process, uint Pid)> _written;
    private readonly Dictionary<string, CastMember> _members = [];
    private readonly Dictionary<string, ProcessNode> _inits = [];
    private readonly HashSet<string> _beingMade = [];
    private readonly StoryUsers _users = new();

    private StoryCast(IReadOnlyList<StoryProcess> processes) =>
        _written = processes.Select((process, i) => (process, FirstPid + (uint)i)).ToDictionary(entry => entry.process.Name);

    /// <summary>Joins them.</summary>
    /// <exception cref="RuleTestFault">A parent is unknown or its own descendant, or runs on another host.</exception>
    internal static StoryCast Of(IReadOnlyList<StoryProcess> processes)
    {
        var cast = new StoryCast(processes);
        foreach (var process in processes)
        {
            cast._users.Number(process.User, process.Effective, process.Login);
        }

        foreach (var process in processes)
        {
            cast.Make(process.Name);
        }

        return cast;
    }

    /// <summary>The process that is named.</summary>
    /// <exception cref="RuleTestFault">There is none.</exception>
    internal CastMember Find(YamlNode name) =>
        _members.GetValueOrDefault(name.Text("the name of a process"))
        ?? throw name.Fault($"there is no process '{name.Text("the name of a process")}'");

    private CastMember Make(string name)
    {
        if (_members.TryGetValue(name, out var made))
        {
            return made;
        }

        var (process, pid) = _written[name];
        if (!_beingMade.Add(name))
        {
            throw process.Place.Fault($"process '{name}' is its own ancestor");
        }

        CastMember? parent = null;
        if (process.Parent is { } named)
        {
            var parentName = named.Text("parent");
            parent = _written.ContainsKey(parentName) ? Make(parentName) : throw named.Fault($"there is no process '{parentName}'");
        }

        return _members[name] = Make(process, pid, parent);
    }

    private CastMember Make(StoryProcess process, uint pid, CastMember? parent)
    {
        var hostName = process.Host?.Text("host") ?? parent?.Host.HostName ?? DefaultHost;
        if (parent is not null && hostName != parent.Host.HostName)
        {
            throw process.Host!.Fault($"its parent runs on {parent.Host.HostName}; leave host out, or parent");
        }

        var host = parent?.Host ?? new HostIdentity(hostName, new Guid(Hash("boot " + hostName)), hostName, null);
        var user = process.User ?? "root";
        var node = new ProcessNode
        {
            Key = new ProcessKey(pid, StoryClock.StartOf(pid, parent?.Node.Lineage().Count() ?? 1)),
            Parent = parent?.Node ?? InitOf(hostName),
            Image = process.Image,
            Comm = process.Comm,
            Arguments = process.Arguments,
            CurrentDirectory = process.CurrentDirectory,
            Uid = _users.Uid(user),
            UserName = user,
        };
        var login = process.Login ?? parent?.LoginUserName ?? "";
        var container = process.Container ?? parent?.Container ?? "";
        return new CastMember(
            host, node, CredentialsOf(process, node, parent, login), process.Effective ?? user, login, container,
            container == (parent?.Container ?? "") && parent is not null && process.Session is null
                ? parent.CgroupId
                : BitConverter.ToUInt32(Hash($"cgroup {hostName} {container} {process.Name}")));
    }

    private Credentials CredentialsOf(StoryProcess process, ProcessNode node, CastMember? parent, string login)
    {
        // Who logs in leads the session of all that follows.
        var leads = parent is null || process.Login is not null || process.Session is not null;
        var effective = _users.Uid(process.Effective ?? node.UserName);
        return new Credentials(
            node.Uid, effective, node.Uid, node.Uid,
            login.Length == 0 ? Credentials.Unset : _users.Uid(login),
            process.Session ?? parent?.Credentials.AuditSession ?? Credentials.Unset,
            leads ? node.Key : parent!.Credentials.Session)
        {
            Capabilities = process.Capabilities ?? (effective == 0 ? CapabilityNames.All : 0),
        };
    }

    private ProcessNode InitOf(string host)
    {
        if (!_inits.TryGetValue(host, out var init))
        {
            _inits[host] = init = new ProcessNode
            {
                Key = new ProcessKey(1, 1_000_000),
                Image = "/usr/lib/systemd/systemd",
                Comm = "systemd",
                Arguments = ["/sbin/init"],
                CurrentDirectory = "/",
                UserName = "root",
            };
        }

        return init;
    }

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text))[..16];
}
