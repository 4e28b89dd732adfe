using System.Text;

namespace Wire.Codec;

/// <summary>
/// Strings that nearly every host has: with <see cref="FrameFlags.WellKnown"/> they stand before the first entry of a frame's table without being sent.
/// Part of the format: never change the list, nor its order. Another list needs another flag. All are ASCII.
/// </summary>
internal static class WellKnownStrings
{
    /// <summary>The strings. The first are folders, for what lies in them to begin with.</summary>
    internal static readonly string[] All =
    [
        "/usr/bin/", "/usr/sbin/", "/usr/lib/", "/usr/lib/systemd/", "/usr/libexec/", "/usr/local/bin/", "/etc/", "/var/lib/", "/home/",
        "root", "/", "/root", "/tmp",
        "/usr/lib/systemd/systemd", "/lib/systemd/systemd", "/sbin/init", "systemd",
        "/bin/sh", "/bin/bash", "/usr/bin/bash", "/usr/bin/dash", "sh", "bash",
        "/usr/sbin/sshd", "sshd", "/usr/bin/ssh", "/usr/bin/sudo", "sudo",
        "/etc/passwd", "/etc/shadow", "/etc/sudoers", "/etc/ssh/sshd_config", "/root/.ssh/authorized_keys",
        "/usr/sbin/cron", "/usr/sbin/crond", "cron", "crond",
        "/usr/bin/python3", "python3", "/usr/bin/perl", "/usr/bin/env",
        "/usr/bin/cat", "/usr/bin/ls", "/usr/bin/id", "/usr/bin/rm", "/usr/bin/mkdir", "/usr/bin/grep", "/usr/bin/sed", "/usr/bin/find", "/usr/bin/sleep",
        "/usr/bin/date", "/usr/bin/curl", "/usr/bin/systemctl", "/usr/bin/dpkg", "/usr/bin/rpm",
        "/usr/bin/containerd-shim-runc-v2", "/usr/bin/runc", "/usr/bin/amazon-ssm-agent", "/usr/bin/ssm-agent-worker",
        "ec2-user", "ubuntu", "nobody",
    ];

    /// <summary>How many of them are folders.</summary>
    internal const int Folders = 9;

    /// <summary>All of them, one after the other.</summary>
    internal static readonly byte[] Text = Encoding.ASCII.GetBytes(string.Concat(All));

    /// <summary>Where in <see cref="Text"/> each starts.</summary>
    internal static readonly int[] Starts = StartsOf(All);

    private static int[] StartsOf(string[] strings)
    {
        var starts = new int[strings.Length];
        for (var i = 1; i < strings.Length; i++)
        {
            starts[i] = starts[i - 1] + strings[i - 1].Length;
        }

        return starts;
    }
}
