using Detection.Findings;
using Support;
using Wire.Model;
using Wire.Text;

namespace AlertLambda.Tests.Alerts;

/// <summary>Incidents as the engine reports them, one per kind of story an alert must be able to tell.</summary>
internal static class Incidents
{
    public static readonly HostIdentity Web3 = Some.Host(hostName: "web-3");

    private static readonly RuleInfo ShadowRule = new()
    {
        Id = "5d0a2a1c-8f6e-4d5b-9b0e-3f1c2a7d9e10",
        Title = "Shadow file read after sudo",
        Description = "A user became root with sudo, and within ten seconds the password hashes were read.\nThe same login session or lineage links both.",
        Level = RuleLevel.High,
        Tags = ["attack.credential-access", "attack.t1003.008"],
        FalsePositives = ["An administrator who checks an account by hand.", "A backup job that runs through sudo."],
        NextSteps = ["Ask the user whether they read /etc/shadow on purpose.", "If not: change the passwords of all local accounts.", "Look at what else ran in the same session."],
        References = ["https://attack.mitre.org/techniques/T1003/008/"],
        File = "credential_access/sudo_then_shadow.yml",
        SemanticHash = "00112233aabbccdd",
    };

    /// <summary>The headline: sudo, then cat as root opens /etc/shadow 2.123 s later.</summary>
    public static Incident SudoThenShadow()
    {
        var sshd = Some.Process("/usr/sbin/sshd", ["sshd: alice [priv]"], pid: 800, uid: 0);
        var bash = Some.Process("/usr/bin/bash", ["-bash"], sshd, pid: 4000);
        var sudo = Some.Process("/usr/bin/sudo", ["sudo", "cat", "/etc/shadow"], bash, pid: 4711);
        var cat = Some.Process("/usr/bin/cat", ["cat", "/etc/shadow"], sudo, pid: 4712, uid: 0);
        return Of(
            ShadowRule,
            new Witness("Sudo executed", Some.Exec(sudo, 17, bootNs: At(100), host: Web3, credentials: Some.Credentials(1000, 0))),
            new Witness("Shadow file opened", Some.FileOpen("/etc/shadow", cat, 18, bootNs: At(102.123), host: Web3, credentials: Some.Credentials(0))))
            with { Group = [new("host", "i-0123456789abcdef0"), new("session", "3")] };
    }

    /// <summary>A single event, no login, no EC2, a rule that says little.</summary>
    public static Incident UserAddedByService()
    {
        var cron = Some.Process("/usr/sbin/cron", ["/usr/sbin/cron", "-f"], pid: 612, uid: 0);
        var useradd = Some.Process("/usr/sbin/useradd", ["useradd", "-o", "-u", "0", "backup2"], cron, pid: 9001, uid: 0);
        var nobody = new Credentials(0, 0, 0, 0, Credentials.Unset, Credentials.Unset, ProcessKey.Unknown);
        return Of(
            Plain("user-added", "User added", RuleLevel.Medium),
            new Witness("User added", Some.Exec(
                useradd, 5, host: Some.Host("d41d8cd98f00b204e9800998ecf8427e", hostName: "", inCloud: false), credentials: nobody)));
    }

    /// <summary>Many events of one kind, by a service user, over IPv6.</summary>
    public static Incident ManyConnects()
    {
        var nginx = Some.Process("/usr/sbin/nginx", ["nginx: worker process"], pid: 1200, uid: 33, userName: "www-data");
        var nc = Some.Process("/usr/bin/nc.openbsd", ["nc", "-6", "-w1", "2001:db8::7", "22"], nginx, pid: 1300, uid: 33, userName: "www-data");
        var service = new Credentials(33, 33, 33, 33, Credentials.Unset, Credentials.Unset, new ProcessKey(1200, 1_200_000_000));
        var witnesses = Enumerable.Range(0, 25).Select(i => new Witness("External connect", Some.Connect(
            "2001:db8::7", (ushort)(20 + i), nc, (ulong)(i + 1), At(50 + (i * 0.25)), host: Web3, credentials: service)));
        return Of(
            Plain("port-scan", "Many external ports in a short time", RuleLevel.Critical) with { Tags = ["attack.t1046"] },
            [.. witnesses]) with { Late = true };
    }

    /// <summary>Everything an attacker chooses, chosen badly.</summary>
    public static Incident Hostile()
    {
        var name = "/tmp/`<!channel>`\n*SEVERITY: none*\u202etxt.exe" + KernelString.FromBytes([0xff, 0x1b, (byte)'[', (byte)'2', (byte)'J']);
        var shell = Some.Process("/tmp/x. All is well; ignore this", ["<https://evil.example|click>", "@here & _you_ ~now~"], pid: 31, comm: "`a\u200b");
        var evil = Some.Process(name, [name, new string('A', 4096), "\r\nWHERE\r\n  Host trusted"], shell, pid: 32, userName: "bob\nroot");
        var host = Some.Host(hostName: "web<!here>\u001b]0;x\u0007");
        return Of(
            Plain("watched-file", "Watched file opened", RuleLevel.Low),
            new Witness("Watched file opened", Some.FileOpen(name, evil, 3, host: host, askedPath: "../\u2028`\"x", pathFlags: PathFlags.Alias | PathFlags.Deleted, openFlags: 0x8002)))
            with { Group = [new("file", name)] };
    }

    /// <summary><see cref="SudoThenShadow"/> when no firing can join it any more.</summary>
    public static Incident Closed()
    {
        var opened = SudoThenShadow();
        var last = opened.Witnesses[^1].Event;
        return opened with
        {
            Change = IncidentChange.Closed,
            FirstTimeNs = last.TimeNs,
            LastTimeNs = last.TimeNs + 300_000_000_000,
            Firings = 3,
            FirstFiring = last.Id,
            LastFiring = last.Id with { Sequence = 99 },
            Witnesses = [],
        };
    }

    /// <summary>Witnesses on two hosts.</summary>
    public static Incident TwoHosts()
    {
        var ssh = Some.Process("/usr/bin/ssh", ["ssh", "db-1"], Some.Process(pid: 70), pid: 71);
        var psql = Some.Process("/usr/bin/psql", ["psql"], Some.Process(pid: 70), pid: 72);
        return Of(
            Plain("lateral-movement", "Lateral movement", RuleLevel.High),
            new Witness("ssh", Some.Exec(ssh, 1, host: Web3)),
            new Witness("psql", Some.Exec(psql, 1, bootNs: At(400), host: Some.Host("i-0fedcba9876543210", hostName: "db-1"))));
    }

    public static Incident Of(RuleInfo rule, params Witness[] witnesses) => new()
    {
        Id = "0f1e2d3c4b5a69788796a5b4c3d2e1f0",
        Rule = rule,
        FirstTimeNs = witnesses[0].Event.TimeNs,
        LastTimeNs = witnesses[^1].Event.TimeNs,
        Witnesses = witnesses,
    };

    /// <summary>A one-witness incident around the event.</summary>
    public static Incident Of(HostEvent hostEvent) => Of(ShadowRule, new Witness("Some rule", hostEvent));

    private static RuleInfo Plain(string id, string title, RuleLevel level) =>
        new() { Id = id, Title = title, Level = level, File = $"{id}.yml", SemanticHash = "1" };

    private static ulong At(double seconds) => Some.Seconds(seconds);
}
