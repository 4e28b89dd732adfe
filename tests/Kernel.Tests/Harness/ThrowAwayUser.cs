using System.Globalization;

namespace Kernel.Tests.Harness;

/// <summary>A user account that exists for one test: without home, password or shell.</summary>
internal sealed class ThrowAwayUser : IAsyncDisposable
{
    private ThrowAwayUser(string name, int uid) => (Name, Uid) = (name, uid);

    internal string Name { get; }

    internal int Uid { get; }

    internal static string NewName() => $"kt-{Guid.NewGuid().ToString("N")[..8]}";

    internal static async Task<ThrowAwayUser> CreateAsync()
    {
        var name = NewName();
        await Command.MustRunAsync("useradd", "--no-create-home", "--shell", "/usr/sbin/nologin", name);
        return new ThrowAwayUser(name, int.Parse((await Command.MustRunAsync("id", "-u", name)).Output, CultureInfo.InvariantCulture));
    }

    /// <summary>Arguments of <c>setpriv</c> that make the following program run as this user, in the same process.</summary>
    internal string[] Become(params IEnumerable<string> program) =>
        ["--reuid", $"{Uid}", "--regid", $"{Uid}", "--clear-groups", .. program];

    internal static async Task RemoveAsync(string name)
    {
        if ((await Command.RunAsync("getent", "passwd", name)).ExitCode == 0)
        {
            await Command.MustRunAsync("userdel", name);
        }
    }

    public async ValueTask DisposeAsync() => await RemoveAsync(Name);
}
