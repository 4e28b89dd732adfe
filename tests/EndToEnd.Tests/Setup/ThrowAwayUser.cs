using System.Globalization;
using System.Text.RegularExpressions;

namespace EndToEnd.Tests.Setup;

/// <summary>A user of this machine who may read the password hashes through sudo. Removed with the rule when disposed of.</summary>
/// <remarks>The name holds the process id of the test host: so the next host knows, and removes, what a killed one left behind.</remarks>
internal sealed partial class ThrowAwayUser : IDisposable
{
    private const string SudoRules = "/etc/sudoers.d";

    private static int _count;

    private ThrowAwayUser(string name, int uid)
    {
        (Name, Uid) = (name, uid);
        AppDomain.CurrentDomain.ProcessExit += RemoveOnHostExit;
    }

    /// <summary>The name of the user and of their group.</summary>
    public string Name { get; }

    /// <summary>The user id.</summary>
    public int Uid { get; }

    /// <summary>Makes the user.</summary>
    public static ThrowAwayUser Create()
    {
        var name = string.Create(
            CultureInfo.InvariantCulture, $"e2e-{Environment.ProcessId}-{Interlocked.Increment(ref _count):000}");
        try
        {
            SystemTool.Run(
                IsLocked, "useradd", "--no-create-home", "--home-dir", "/", "--shell", "/bin/sh", "--user-group", name);
            var uid = int.Parse(SystemTool.Run(null, "id", "--user", name), CultureInfo.InvariantCulture);
            AllowSudo(name);
            return new ThrowAwayUser(name, uid);
        }
        catch
        {
            Remove(name);
            throw;
        }
    }

    /// <summary>Removes the users of test hosts that no longer run.</summary>
    public static void RemoveLeftovers()
    {
        var users = File.ReadLines("/etc/passwd").Select(line => line.Split(':')[0]);
        var rules = Directory.EnumerateFiles(SudoRules).Select(file => Path.GetFileName(file));
        foreach (var name in users.Concat(rules).Distinct().ToList())
        {
            if (OwnName().Match(name) is { Success: true } match && !Directory.Exists($"/proc/{match.Groups["host"].Value}"))
            {
                Remove(name);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= RemoveOnHostExit;
        Remove(Name);
    }

    // sudo passes over files whose name holds a dot, so it never reads a half-written rule.
    private static void AllowSudo(string name)
    {
        var draft = Path.Combine(SudoRules, name + ".new");
        File.WriteAllText(draft, $"{name} ALL=(root) NOPASSWD: /usr/bin/cat /etc/shadow, /bin/cat /etc/shadow\n");
        File.SetUnixFileMode(draft, UnixFileMode.UserRead | UnixFileMode.GroupRead);
        File.Move(draft, Path.Combine(SudoRules, name));
    }

    private static void Remove(string name)
    {
        File.Delete(Path.Combine(SudoRules, name));
        File.Delete(Path.Combine(SudoRules, name + ".new"));
        if (File.ReadLines("/etc/passwd").Any(line => line.StartsWith(name + ":", StringComparison.Ordinal)))
        {
            SystemTool.Run(IsLocked, "userdel", "--force", name);
        }
    }

    // Exit codes of useradd and userdel: the passwd or group file is in use, or could not be updated.
    private static bool IsLocked(int exitCode) => exitCode is 1 or 10;

    private void RemoveOnHostExit(object? sender, EventArgs e) => Remove(Name);

    [GeneratedRegex(@"\Ae2e-(?<host>[0-9]+)-[0-9]+(\.new)?\z")]
    private static partial Regex OwnName();
}
