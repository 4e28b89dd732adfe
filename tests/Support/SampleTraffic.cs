using Wire.Model;

namespace Support;

/// <summary>
/// Events as a small web server sees them: shells that start programs, opens of watched files, connects; what the
/// host's filter lets through, so few paths are new. Deterministic: the
/// same arguments give equal events. For sizes, benchmarks and golden files.
/// </summary>
public static class SampleTraffic
{
    private static readonly string[] Programs =
        ["/usr/bin/ls", "/usr/bin/grep", "/usr/bin/curl", "/usr/bin/sudo", "/usr/bin/cat", "/usr/bin/systemctl", "/usr/sbin/useradd", "/usr/bin/python3.11"];

    private static readonly string[] Files =
        ["/etc/passwd", "/etc/shadow", "/etc/sudoers", "/etc/ssh/sshd_config", "/root/.ssh/authorized_keys", "/var/log/auth.log", "/etc/crontab"];

    private static readonly string[] Options = ["-l", "-la", "--color=auto", "-r", "-n", "--fail", "--silent", "status", "restart", "-c"];

    private static readonly Credentials Daemon =
        Some.Credentials(33, loginUid: Credentials.Unset, auditSession: Credentials.Unset, session: new ProcessKey(640, 640_000_000));

    /// <summary>A frame of <paramref name="count"/> events of the bulk lane: 3 in 10 execs with their arguments, 4 opens, 3 connects.</summary>
    /// <param name="count">Number of events.</param>
    /// <param name="withExecs">False: opens and connects only, by processes that ran before.</param>
    /// <param name="seed">Another seed, other traffic of the same kind.</param>
    public static Frame Frame(int count, bool withExecs = true, int seed = 1)
    {
        var random = new Random(seed);
        var sshd = Some.Process("/usr/sbin/sshd", ["sshd: alice [priv]"], pid: 811, uid: 0, currentDirectory: "/");
        var nginx = Some.Process("/usr/sbin/nginx", ["nginx: worker process"], pid: 640, uid: 33, userName: "www-data", currentDirectory: "/");
        var shells = Enumerable.Range(0, 3).Select(i => Some.Process("/usr/bin/bash", ["-bash"], sshd, 2000u + (uint)i)).ToArray();
        var events = new HostEvent[count];
        ulong bootNs = Some.Seconds(86_400), sequence = 1_000;
        var pid = 30_000u;
        for (var i = 0; i < count; i++)
        {
            bootNs += (ulong)random.Next(20_000, 60_000_000);
            sequence += random.Next(4) == 0 ? (ulong)random.Next(1, 50) : 1;
            var shell = shells[random.Next(shells.Length)];
            events[i] = random.Next(withExecs ? 0 : 3, 10) switch
            {
                < 3 => Exec(random, shell, ++pid, sequence, bootNs),
                < 7 => Open(random, random.Next(3) == 0 ? nginx : shell, sequence, bootNs),
                _ => Some.Connect(
                    $"203.0.113.{random.Next(1, 200)}", (ushort)(random.Next(5) == 0 ? random.Next(1024, 65_535) : 443), nginx, sequence, bootNs,
                    credentials: Daemon),
            };
        }

        return Some.Frame(events);
    }

    private static ExecEvent Exec(Random random, ProcessNode shell, uint pid, ulong sequence, ulong bootNs)
    {
        var program = random.Next(Programs.Length);
        var name = Programs[program][(Programs[program].LastIndexOf('/') + 1)..];
        List<string> arguments = [name, .. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Options[random.Next(Options.Length)])];
        if (random.Next(3) == 0)
        {
            arguments.Add($"/srv/www/releases/{random.Next(100_000):d5}/public/index.html");
        }

        return Some.Exec(
            Some.Process(Programs[program], arguments, shell, pid, bootNs - (ulong)random.Next(200_000, 900_000)), sequence, bootNs, Lane.Bulk,
            credentials: Session(shell), file: new FileIdentity(0x800001, 131_072u + (uint)program, 0x81ED, 1), flags: EventFlags.Sensitive);
    }

    private static FileOpenEvent Open(Random random, ProcessNode process, ulong sequence, ulong bootNs)
    {
        var file = random.Next(Files.Length);
        var path = random.Next(10) == 0 ? $"/home/alice/.cache/app/{random.Next(100_000):d5}" : Files[file];
        return Some.FileOpen(
            path, process, sequence, bootNs, Lane.Bulk, credentials: Session(process),
            file: new FileIdentity(0x800001, 262_144u + (uint)file, 0x81A4, 1), openFlags: 0x88000);
    }

    private static Credentials Session(ProcessNode process) =>
        process.Uid == 33 ? Daemon : Some.Credentials(process.Uid, session: process.Key);
}
