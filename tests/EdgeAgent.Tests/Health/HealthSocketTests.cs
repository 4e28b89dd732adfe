using System.Net.Sockets;
using EdgeAgent.Health;
using EdgeAgent.Interop;
using Microsoft.Win32.SafeHandles;
using Support;

namespace EdgeAgent.Tests.Health;

/// <summary>The socket is root's own, gives its document to whoever may connect, and nobody can hold it up.</summary>
public sealed class HealthSocketTests : IDisposable
{
    private const int Starters = 4;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly TemporaryFolder _folder = new();

    private string Address => _folder["run/health.sock"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Whoever_connects_gets_one_document_and_the_end()
    {
        await using var socket = HealthSocket.Open(Address, () => SomeHealth.Well, _ => { });
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(HealthJson.Write(SomeHealth.Well), await AskAsync());
        }
    }

    [Fact]
    public async Task Folder_and_socket_are_for_this_user_only_and_the_name_goes_with_the_agent()
    {
        await using (HealthSocket.Open(Address, () => SomeHealth.Well, _ => { }))
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Address));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.GetDirectoryName(Address)!));
        }

        Assert.False(Path.Exists(Address));
    }

    [Fact]
    public async Task Socket_that_a_dead_agent_left_is_replaced()
    {
        LeaveDead();
        Assert.True(Path.Exists(Address));
        await using var socket = HealthSocket.Open(Address, () => SomeHealth.Well, _ => { });
        Assert.NotEmpty(await AskAsync());
    }

    [Fact]
    public async Task Socket_of_an_agent_that_runs_is_left_to_it()
    {
        await using var first = HealthSocket.Open(Address, () => SomeHealth.Well, _ => { });
        Assert.Contains("another agent answers", Assert.Throws<IOException>(() => HealthSocket.Open(Address, () => SomeHealth.Ill, _ => { })).Message, StringComparison.Ordinal);
        Assert.Equal(HealthJson.Write(SomeHealth.Well), await AskAsync());
    }

    [Fact]
    public async Task Of_agents_that_start_at_once_one_has_the_socket_and_whoever_asks_reaches_it()
    {
        // Few rounds suffice to see a socket removed that is bound and does not listen yet, for each begins with a dead one.
        for (var round = 0; round < 100; round++)
        {
            LeaveDead();
            using var together = new Barrier(Starters);
            var opened = await Task.WhenAll(Enumerable.Range(0, Starters).Select(_ => Task.Factory.StartNew(
                () =>
                {
                    together.SignalAndWait();
                    return TryOpen();
                },
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default)));
            var first = Assert.Single(opened.OfType<HealthSocket>());
            Assert.NotEmpty(await AskAsync());
            await first.DisposeAsync();
            Assert.False(Path.Exists(Address));
        }

        HealthSocket? TryOpen()
        {
            try
            {
                return HealthSocket.Open(Address, () => SomeHealth.Well, _ => { });
            }
            catch (IOException e) when (e.Message.Contains("another agent", StringComparison.Ordinal))
            {
                return null;
            }
        }
    }

    [Fact]
    public async Task Agent_that_ends_while_the_next_one_starts_leaves_its_socket_to_it()
    {
        for (var round = 0; round < 100; round++)
        {
            var first = HealthSocket.Open(Address, () => SomeHealth.Well, _ => { });
            var end = Task.Run(async () => await first.DisposeAsync());
            HealthSocket? next = null;
            while (next is null)
            {
                try
                {
                    next = HealthSocket.Open(Address, () => SomeHealth.Well, _ => { });
                }
                catch (IOException e) when (e.Message.Contains("another agent", StringComparison.Ordinal))
                {
                    // It still answers.
                }
            }

            await end;
            Assert.NotEmpty(await AskAsync());
            await next.DisposeAsync();
        }
    }

    [Fact]
    public void Folder_that_somebody_keeps_locked_is_told_and_not_waited_for_without_end()
    {
        _folder.Folder("run");
        using var held = new SafeFileHandle(LibC.open(_folder["run"], LibC.O_RDONLY | LibC.O_CLOEXEC, 0), ownsHandle: true);
        Assert.Equal(0, LibC.flock(held, LibC.LOCK_EX | LibC.LOCK_NB));
        Assert.Contains(
            "holds its folder", Assert.Throws<IOException>(() => HealthSocket.Open(Address, () => SomeHealth.Well, _ => { })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_socket_is_not_removed()
    {
        _folder.Folder("run");
        File.WriteAllText(Address, "precious");
        Assert.Contains("not a socket", Assert.Throws<IOException>(() => HealthSocket.Open(Address, () => SomeHealth.Well, _ => { })).Message, StringComparison.Ordinal);
        Assert.Equal("precious", File.ReadAllText(Address));
    }

    [Fact]
    public void No_symbolic_link_is_followed_neither_of_the_socket_nor_of_a_folder()
    {
        var target = _folder.File("target", "precious");
        _folder.Folder("run");
        File.CreateSymbolicLink(Address, target);
        Assert.Throws<IOException>(() => HealthSocket.Open(Address, () => SomeHealth.Well, _ => { }));
        Assert.True(File.Exists(Address) && File.ReadAllText(target) == "precious");

        File.CreateSymbolicLink(_folder["link"], _folder["run"]);
        foreach (var path in (string[])["link/health.sock", "link/below/health.sock"])
        {
            Assert.Contains("symbolic link", Assert.Throws<IOException>(() => HealthSocket.Open(_folder[path], () => SomeHealth.Well, _ => { })).Message, StringComparison.Ordinal);
        }

        Assert.Equal(["health.sock"], Directory.EnumerateFileSystemEntries(_folder["run"]).Select(Path.GetFileName));
    }

    [Fact]
    public void Folder_to_which_others_may_write_is_refused()
    {
        File.SetUnixFileMode(_folder.Folder("run"), (UnixFileMode)0x1FF);
        Assert.Contains("others may write", Assert.Throws<IOException>(() => HealthSocket.Open(Address, () => SomeHealth.Well, _ => { })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Clients_that_hang_hold_up_nobody_not_even_the_end()
    {
        var hung = new List<Socket>();
        try
        {
            await using (HealthSocket.Open(Address, () => SomeHealth.Well, _ => { }))
            {
                for (var i = 0; i < 50; i++)
                {
                    hung.Add(await ConnectAsync());
                }

                Assert.Equal(HealthJson.Write(SomeHealth.Well), await AskAsync());
            }
        }
        finally
        {
            hung.ForEach(socket => socket.Dispose());
        }
    }

    [Fact]
    public async Task Client_that_does_not_take_a_document_larger_than_the_buffers_loses_its_turn()
    {
        // Larger than any real one, so that the kernel does not hold it for the client.
        var large = SomeHealth.Well with { Troubles = [.. Enumerable.Repeat(new string('x', 1000), 5000)] };
        await using var socket = HealthSocket.Open(Address, () => large, _ => { });
        using var hung = await ConnectAsync();
        Assert.Equal(HealthJson.Write(large).Length, (await AskAsync()).Length);
    }

    // A socket's name with nobody behind it.
    private void LeaveDead()
    {
        _folder.Folder("run");
        using var dead = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        dead.Bind(new UnixDomainSocketEndPoint(_folder["run/elsewhere"]));
        dead.Listen();
        File.Move(_folder["run/elsewhere"], Address);
    }

    private async Task<byte[]> AskAsync()
    {
        using var client = await ConnectAsync();
        using var answer = new MemoryStream();
        await using var stream = new NetworkStream(client);
        await stream.CopyToAsync(answer).WaitAsync(Patience);
        return answer.ToArray();
    }

    private async Task<Socket> ConnectAsync()
    {
        var client = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        while (true)
        {
            try
            {
                await client.ConnectAsync(new UnixDomainSocketEndPoint(Address)).WaitAsync(Patience);
                return client;
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.WouldBlock)
            {
                // The kernel keeps so many waiting and no more.
                await Task.Delay(10);
            }
        }
    }
}
