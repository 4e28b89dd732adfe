using System.Diagnostics;
using System.Globalization;

namespace LocalPipeline.Demo;

/// <summary>A throw-away user who may read /etc/shadow through sudo, and nothing else. Disposing removes the user and the permission.</summary>
internal sealed class DemoUser : IDisposable
{
    private const string Prefix = "pipeline-demo-";
    private const string SudoersFolder = "/etc/sudoers.d";
    private const int RemovalAttempts = 25;
    private static readonly TimeSpan RemovalPause = TimeSpan.FromMilliseconds(200);

    private DemoUser(string name, uint uid)
    {
        Name = name;
        Uid = uid;
    }

    /// <summary>Login name.</summary>
    internal string Name { get; }

    /// <summary>User id.</summary>
    internal uint Uid { get; }

    /// <summary>Makes the user; what an earlier demo that was killed may have left is removed first.</summary>
    /// <exception cref="DemoException">A tool is missing or refused.</exception>
    internal static DemoUser Create()
    {
        if (!Directory.Exists(SudoersFolder))
        {
            throw new DemoException($"{SudoersFolder} is missing: install the package sudo");
        }

        RemoveLeftOvers();
        var name = Prefix + Guid.NewGuid().ToString("N")[..6];

        // The permission first: it names a user who does not exist yet, and if making the user fails it is all there is to remove.
        var permission = Path.Combine(SudoersFolder, name);
        File.WriteAllText(permission, $"{name} ALL=(root) NOPASSWD: /usr/bin/cat /etc/shadow, /bin/cat /etc/shadow\n");
        File.SetUnixFileMode(permission, UnixFileMode.UserRead | UnixFileMode.GroupRead);
        try
        {
            Run("useradd", "--no-create-home", "--shell", "/bin/sh", "--comment", "throw-away user of pipeline demo", name);
            return new DemoUser(name, uint.Parse(Run("id", "-u", name), CultureInfo.InvariantCulture));
        }
        catch (DemoException)
        {
            Remove(name);
            throw;
        }
    }

    public void Dispose() => Remove(Name);

    private static void RemoveLeftOvers()
    {
        var users = File.ReadLines("/etc/passwd").Select(line => line.Split(':')[0]).Where(name => name.StartsWith(Prefix, StringComparison.Ordinal));
        foreach (var name in Directory.GetFiles(SudoersFolder, Prefix + "*").Select(f => Path.GetFileName(f)).Union(users).ToArray())
        {
            Remove(name);
        }
    }

    private static void Remove(string name)
    {
        // The permission first: it is what must not stay.
        File.Delete(Path.Combine(SudoersFolder, name));
        for (var attempt = 1; File.ReadLines("/etc/passwd").Any(line => line.StartsWith(name + ":", StringComparison.Ordinal)); attempt++)
        {
            try
            {
                Run("userdel", name);
            }
            catch (DemoException) when (attempt < RemovalAttempts)
            {
                // userdel refuses while a process of the user still ends.
                Thread.Sleep(RemovalPause);
            }
        }
    }

    private static string Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            using var process = System.Diagnostics.Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0
                ? output.Trim()
                : throw new DemoException($"{program} {string.Join(' ', arguments)} failed: {errors.Result.Trim()}");
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new DemoException($"{program} is not installed: {e.Message}");
        }
    }
}
