using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using AlertLambda.Alerts;
using LocalPipeline.Delivery;
using Wire.Model;
using Wire.Text;

namespace LocalPipeline.Demo;

/// <summary>A user runs <c>sudo cat /etc/shadow</c>; the alert must come, once, with the right user, processes and times.</summary>
internal sealed class DemoScenario
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>A second alert for the same deed would come with the next frames.</summary>
    private static readonly TimeSpan Afterwards = TimeSpan.FromSeconds(2);

    private readonly ConcurrentQueue<(AlertMessage Message, DateTimeOffset At)> _alerts = new();
    private readonly DemoWitness _witness;
    private readonly Action<string> _report;

    internal DemoScenario(ConsoleAlertPublisher publisher, DemoWitness witness, Action<string> report)
    {
        publisher.Published = (message, at) => _alerts.Enqueue((message, at));
        _witness = witness;
        _report = report;
    }

    /// <summary>Plays it and judges what came out.</summary>
    /// <returns>True when the alert was right.</returns>
    /// <exception cref="DemoException">It cannot be played here.</exception>
    internal async Task<bool> PlayAsync(CancellationToken stop)
    {
        using var user = DemoUser.Create();
        _report($"demo: user {user.Name} (uid {user.Uid}) runs: sudo cat /etc/shadow");
        var pid = await ReadShadowAsync(user, stop);

        var deadline = Stopwatch.StartNew();
        while (!MailsOf(user, pid).Any() && deadline.Elapsed < Patience)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, stop);
        }

        await Task.Delay(Afterwards, TimeProvider.System, stop);
        return Judge(user, pid);
    }

    /// <summary>setpriv becomes the user and then sudo in the same process: the pid is that of sudo.</summary>
    private static async Task<int> ReadShadowAsync(DemoUser user, CancellationToken stop)
    {
        var id = user.Uid.ToString(CultureInfo.InvariantCulture);
        var start = new ProcessStartInfo("setpriv", ["--reuid", id, "--regid", id, "--clear-groups", "sudo", "-n", "cat", "/etc/shadow"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = System.Diagnostics.Process.Start(start) ?? throw new DemoException("setpriv did not start");
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);

        // The hashes are read and thrown away: the demo shows that they were read, not what they are. Waited for also when the demo is
        // interrupted, for the user cannot be removed before.
        await process.StandardOutput.BaseStream.CopyToAsync(System.IO.Stream.Null, CancellationToken.None);
        await process.WaitForExitAsync(CancellationToken.None);
        stop.ThrowIfCancellationRequested();
        return process.ExitCode == 0 ? process.Id : throw new DemoException($"sudo failed: {SafeText.Escape((await errors).Trim())}");
    }

    // What names both the user and the process of sudo. Where this program lies in a temporary folder, its own set-up of the user is an
    // alert, too, and rightly.
    private IEnumerable<(AlertMessage Message, DateTimeOffset At)> MailsOf(DemoUser user, int pid) => _alerts.Where(a =>
        a.Message.Medium == AlertMedium.Email && a.Message.Body.Contains(user.Name, StringComparison.Ordinal)
        && a.Message.Body.Contains($"pid {pid}", StringComparison.Ordinal));

    private bool Judge(DemoUser user, int pid)
    {
        var (sudo, open) = _witness.Find(pid);
        var mails = MailsOf(user, pid).ToArray();
        var chats = _alerts.Count(a =>
            a.Message.Medium == AlertMedium.Chat && mails.Any(mail => mail.Message.IncidentId == a.Message.IncidentId));
        var faults = new List<string>();
        Expect(sudo is not null && sudo.UserName == user.Name && sudo.Credentials.Uid == user.Uid, "the exec of sudo was not seen with its user");
        Expect(open is not null, "the open of /etc/shadow was not seen");
        Expect(mails.Length == 1, $"{mails.Length} e-mail alerts that name the user and sudo, pid {pid}, instead of 1");
        Expect(chats == 1, $"{chats} chat alerts instead of 1");
        if (faults.Count == 0)
        {
            _report($"demo: right: one alert for {user.Name}, {Milliseconds(open!, mails[0].At):F1} ms after the kernel saw the open of /etc/shadow");
            return true;
        }

        foreach (var fault in faults)
        {
            _report($"demo: wrong: {fault}");
        }

        return false;

        void Expect(bool holds, string fault)
        {
            if (!holds)
            {
                faults.Add(fault);
            }
        }
    }

    private static double Milliseconds(HostEvent e, DateTimeOffset published) =>
        (published - DateTimeOffset.UnixEpoch).TotalMilliseconds - (e.TimeNs / 1e6);
}
