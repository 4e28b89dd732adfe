using Support;
using Wire.Model;

namespace Benchmarks.Detection;

/// <summary>
/// What a busy server does, as the sensor tells it: 6 in 10 events are execs (shells, cron and services that start programs with 1 to
/// 12 arguments), 3 are opens of files, 1 is a connect. Deterministic.
/// </summary>
internal static class EventMix
{
    private static readonly string[] CommandLines =
    [
        "/usr/bin/ls --color=auto -la /srv/www/releases/#/public",
        "/usr/bin/grep -rn TODO /srv/app/src/module_#",
        "/usr/bin/git -C /srv/app fetch --prune --tags origin",
        "/usr/bin/python3.11 /opt/jobs/run.py --queue default --worker # --log-level info",
        "/usr/bin/python3.11 -m gunicorn app.wsgi:application --bind 127.0.0.1:8000 --workers 4",
        "/usr/bin/node /srv/app/server.js --port 3000 --cluster",
        "/usr/sbin/logrotate /etc/logrotate.conf",
        "/usr/sbin/runuser -u www-data -- php /srv/www/cron.php",
        "/usr/lib/systemd/systemd-executor --deserialize 61 --log-level info --log-target journal-or-kmsg",
        "/usr/bin/systemctl is-active --quiet nginx.service",
        "/usr/bin/docker exec -i app_# /bin/sh -c healthcheck.sh",
        "/usr/bin/docker inspect --format {{.State.Health.Status}} app_#",
        "/usr/bin/curl -fsS --max-time 5 http://127.0.0.1:8080/health",
        "/usr/bin/curl --silent --output /var/cache/feed/#.xml https://feeds.example.org/daily/#.xml",
        "/usr/bin/cat /proc/#/status",
        "/usr/bin/sed -n -e s/^version=//p /srv/app/build_#.properties",
        "/usr/bin/awk {print $1} /var/log/nginx/access.log.#",
        "/usr/bin/tar -czf /var/backups/app-#.tar.gz -C /srv app",
        "/usr/bin/rsync -a --delete /srv/app/ backup@10.0.3.7:/backup/app/#/",
        "/usr/bin/find /srv/cache -type f -mtime +7 -delete",
        "/usr/bin/ps -eo pid,ppid,rss,comm --sort=-rss",
        "/usr/bin/date +%Y-%m-%dT%H:%M:%S",
        "/usr/bin/sleep 30",
        "/usr/bin/mkdir -p /srv/www/releases/#",
        "/usr/bin/ln -sfn /srv/www/releases/# /srv/www/current",
        "/usr/bin/chown -R www-data:www-data /srv/www/releases/#",
        "/usr/bin/chmod 0644 /srv/www/releases/#/config.php",
        "/usr/bin/sudo systemctl reload nginx",
        "/usr/bin/id -u",
        "/usr/bin/ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub",
        "/usr/bin/psql -h 127.0.0.1 -U app -d app -c select_count_from_jobs_#",
        "/usr/bin/gcc -O2 -g -fPIC -Wall -I/usr/include/glib-2.0 -I/srv/app/native/include -c /srv/app/native/src/file_#.c -o /tmp/build/file_#.o",
        "/usr/bin/dpkg-query --show --showformat=${Version} openssl",
        "/usr/bin/apt-get -qq update",
        "/usr/bin/jq -r .items[#].id /srv/app/state.json",
        "/usr/bin/wc -l /var/log/app/worker_#.log",
        "/usr/bin/head -n 20 /var/log/app/worker_#.log",
        "/usr/bin/run-parts --report /etc/cron.hourly",
        "/usr/bin/java -Xms512m -Xmx2g -XX:+UseG1GC -Dapp.env=production -Dapp.node=# -jar /opt/app/lib/server-3.4.1.jar --config /etc/app/server.yml",
        "/usr/bin/basename /srv/www/releases/#/index.html .html",
    ];

    private static readonly string[] Files =
    [
        "/etc/passwd", "/etc/group", "/etc/nsswitch.conf", "/etc/ssl/certs/ca-certificates.crt", "/srv/www/releases/#/public/index.php",
        "/var/log/app/worker_#.log", "/var/lib/app/cache/#/object.bin", "/tmp/build/file_#.o", "/usr/share/zoneinfo/UTC", "/proc/self/mountinfo",
        "/home/alice/.bash_history", "/etc/ssh/sshd_config", "/var/spool/cron/crontabs/root", "/root/.ssh/authorized_keys", "/etc/resolv.conf",
    ];

    private static readonly string[] Directories = ["/", "/srv/app", "/home/alice", "/var/www"];

    /// <summary>The events.</summary>
    public static HostEvent[] Make(int count, int seed = 1)
    {
        var random = new Random(seed);
        var sshd = Some.Process("/usr/sbin/sshd", ["sshd: alice [priv]"], pid: 811, uid: 0, currentDirectory: "/");
        ProcessNode[] parents =
        [
            Some.Process("/usr/bin/bash", ["-bash"], sshd, 2000), Some.Process("/usr/bin/bash", ["bash", "-e", "/srv/app/bin/deploy.sh", "production"], sshd, 2001),
            Some.Process("/usr/sbin/cron", ["/usr/sbin/cron", "-f"], pid: 700, uid: 0), Some.Process("/usr/bin/dash", ["/bin/sh", "-c", "/opt/jobs/hourly.sh"], pid: 701),
            Some.Process("/usr/bin/node", ["node", "/srv/app/server.js"], pid: 702, uid: 33), Some.Process("/usr/bin/containerd-shim-runc-v2", pid: 703, uid: 0),
        ];
        return [.. Enumerable.Range(0, count).Select(i => Next(random, parents[random.Next(parents.Length)], (ulong)i + 1))];
    }

    private static HostEvent Next(Random random, ProcessNode parent, ulong sequence)
    {
        switch (random.Next(10))
        {
            case < 6:
                string[] arguments = Filled(random, CommandLines).Split(' ');
                var image = arguments[0];
                arguments[0] = image[(image.LastIndexOf('/') + 1)..];
                var directory = Directories[random.Next(Directories.Length)];
                return Some.Exec(Some.Process(image, arguments, parent, 30_000 + (uint)sequence, uid: parent.Uid, currentDirectory: directory), sequence);
            case < 9:
                return Some.FileOpen(Filled(random, Files), parent, sequence, openFlags: random.Next(4) == 0 ? 0x8241u : 0x8000u);
            default:
                return Some.Connect($"10.0.{random.Next(8)}.{random.Next(1, 255)}", (ushort)(random.Next(3) == 0 ? 5432 : 443), parent, sequence);
        }
    }

    private static string Filled(Random random, string[] templates) =>
        templates[random.Next(templates.Length)].Replace("#", random.Next(100_000).ToString("d5", null), StringComparison.Ordinal);
}
