using System.Globalization;
using Wire.Model;

namespace Detection.Correlation;

/// <summary>Group keys that are no fields: text forms, unique within one boot of one host; null when the event has none.</summary>
internal static class DerivedKeys
{
    /// <summary>A process entity: <c>pid@start</c>.</summary>
    public static string? Process(ProcessKey process) => process.IsKnown ? Text(process) : null;

    /// <summary>Writes <see cref="Process"/> without allocating.</summary>
    /// <param name="process">The process.</param>
    /// <param name="scratch">Room for 31 characters.</param>
    /// <param name="text">The text, in <paramref name="scratch"/>.</param>
    /// <returns>False when the process is not known.</returns>
    public static bool TryWriteProcess(ProcessKey process, Span<char> scratch, out ReadOnlySpan<char> text)
    {
        var length = 0;
        var written = process.IsKnown && scratch.TryWrite(CultureInfo.InvariantCulture, $"{process.Pid}@{process.StartNs}", out length);
        text = scratch[..length];
        return written;
    }

    /// <summary>True when there is a <see cref="Session"/>.</summary>
    public static bool HasSession(Credentials credentials) => credentials.AuditSession != Credentials.Unset || credentials.Session.IsKnown;

    /// <summary>The audit session where one is set, else login uid and session leader where the leader is known.</summary>
    public static string? Session(Credentials credentials)
    {
        if (credentials.AuditSession != Credentials.Unset)
        {
            return "audit:" + credentials.AuditSession.ToString(CultureInfo.InvariantCulture);
        }

        if (!HasSession(credentials))
        {
            return null;
        }

        var login = credentials.LoginUid == Credentials.Unset ? "none" : credentials.LoginUid.ToString(CultureInfo.InvariantCulture);
        return $"login:{login}/leader:{Text(credentials.Session)}";
    }

    /// <summary>The cgroup.</summary>
    public static string? Container(HostEvent e) => e.CgroupId == 0 ? null : e.CgroupId.ToString(CultureInfo.InvariantCulture);

    /// <summary><c>pid@start</c>, also of a process of which only one part is known.</summary>
    public static string Text(ProcessKey process) => string.Create(CultureInfo.InvariantCulture, $"{process.Pid}@{process.StartNs}");

    /// <summary>Adds a value so that no two lists of values have the same text.</summary>
    public static string Join(string key, string value) => string.Create(CultureInfo.InvariantCulture, $"{key}{value.Length}:{value}");

    /// <summary>Key of one boot of one host.</summary>
    public static string Boot(HostIdentity host) => Join(Join("", host.HostId), host.BootId.ToString("N"));
}
