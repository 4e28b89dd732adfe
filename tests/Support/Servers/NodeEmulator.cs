using System.Globalization;
using Support.Processes;
using Xunit;

namespace Support.Servers;

/// <summary>
/// An AWS emulator as its own Node process on a loopback port, empty at the start, in memory unless it has a folder. Use it as an xunit class
/// fixture, or with <see cref="StartAsync"/> and <c>await using</c>. As a fixture it does not start where emulators are not
/// installed, since the tests skip then.
/// </summary>
public abstract class NodeEmulator : IAsyncLifetime, IAsyncDisposable
{
    private const string PortLine = "listening ";

    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(30);

    private readonly string _name;
    private readonly string? _folder;
    private ChildProcess? _process;
    private Uri? _endpoint;

    /// <param name="name">A name that <c>emulators/serve.mjs</c> knows.</param>
    /// <param name="folder">Where it keeps what it holds over a restart; null = in memory.</param>
    private protected NodeEmulator(string name, string? folder = null) => (_name, _folder) = (name, folder);

    /// <summary>The address for clients, such as <c>http://127.0.0.1:40123/</c>.</summary>
    /// <exception cref="InvalidOperationException">It was not started.</exception>
    public Uri Endpoint =>
        _endpoint ?? throw new InvalidOperationException($"{_name} was not started. {Emulators.MissingReason}");

    /// <summary>Whether it was started, and not killed since.</summary>
    public bool IsRunning => _process is { HasExited: false };

    /// <summary>What the process wrote, for a failing test to show.</summary>
    public string Output => _process?.Output ?? "";

    /// <summary>Dummy credentials and this endpoint, for a process that is to use this server.</summary>
    public IReadOnlyDictionary<string, string?> ProcessEnvironment =>
        new Dictionary<string, string?>(DummyAws.ProcessEnvironment) { [EndpointVariable] = Endpoint.ToString() };

    /// <summary>The variable by which an AWS SDK finds the endpoint of this service.</summary>
    protected abstract string EndpointVariable { get; }

    /// <summary>Starts the process and waits until it answers.</summary>
    /// <exception cref="InvalidOperationException">It did not start; the message holds its output.</exception>
    public async Task StartAsync()
    {
        _process = ChildProcess.Start(
            "node", [Path.Combine(Emulators.Folder, "serve.mjs"), _name, .. _folder is null ? (string[])[] : [_folder]], DummyAws.ProcessEnvironment);
        var line = await WaitForPortAsync(_process);
        var port = int.Parse(line.AsSpan(PortLine.Length), CultureInfo.InvariantCulture);
        _endpoint = new UriBuilder(Uri.UriSchemeHttp, "127.0.0.1", port).Uri;
    }

    /// <summary>Kills the process; what is in its folder stays. <see cref="StartAsync"/> starts it again, on another port.</summary>
    public async Task KillAsync()
    {
        DisposeClients();
        if (_process is not null)
        {
            await _process.DisposeAsync();
            _process = null;
        }
    }

    /// <summary>Stops the process.</summary>
    public async ValueTask DisposeAsync()
    {
        DisposeClients();
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    Task IAsyncLifetime.InitializeAsync() => Emulators.MissingReason is null ? StartAsync() : Task.CompletedTask;

    /// <inheritdoc/>
    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    private static async Task<string> WaitForPortAsync(ChildProcess process)
    {
        try
        {
            return await process.WaitForLineAsync(PortLine, StartTimeout);
        }
        catch (InvalidOperationException)
        {
            // A fixture that fails to start is not disposed of.
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>Disposes of the clients that were made.</summary>
    private protected abstract void DisposeClients();
}
