using System.ComponentModel;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using EndToEnd.Tests.Setup;
using Support.Processes;
using Support.Servers;

namespace EndToEnd.Tests.Chaos;

/// <summary>A host whose agent has pins and a spool on a small disk, and is started and killed time and again.</summary>
internal sealed partial class ChaosHost : IAsyncDisposable
{
    /// <summary>The host's id.</summary>
    public const string HostId = "chaos";

    private const int Sigterm = 15;
    private const string Ready = "edge-agent: ready: ";

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    private readonly Mount _bpf = new("bpf", "mode=700");
    private readonly Mount _disk;
    private readonly TemporaryFolder _watched = new();
    private readonly SteppedClock _clock = new();
    private readonly Uri _endpoint;
    private readonly string _stream;
    private readonly int _spoolMebibytes;
    private ChildProcess? _agent;

    /// <param name="endpoint">Where its stream is.</param>
    /// <param name="stream">The stream's name.</param>
    /// <param name="spoolMebibytes">Most room of its spool; the disk is twice as large.</param>
    public ChaosHost(Uri endpoint, string stream, int spoolMebibytes = 16)
    {
        (_endpoint, _stream, _spoolMebibytes) = (endpoint, stream, spoolMebibytes);
        _disk = new Mount("tmpfs", $"size={2 * spoolMebibytes}m,mode=700");
    }

    /// <summary>The folder that is watched.</summary>
    public string Watched => _watched.Path;

    /// <summary>What the present agent, or the last one, wrote.</summary>
    public string Output => _agent?.Output ?? "";

    /// <summary>Steps the agents' wall clock to so much after the machine's own.</summary>
    public void StepClock(TimeSpan by) => _clock.Step(by);

    /// <summary>Starts an agent, after the last one's end.</summary>
    public void Start() => _agent = NewAgent();

    /// <summary>Waits until it is ready.</summary>
    public Task ReadyAsync() => _agent!.WaitForLineAsync(Ready, Longest);

    /// <summary>Ends it by SIGKILL, wherever it is.</summary>
    public async Task KillAsync() => await _agent!.DisposeAsync();

    /// <summary>Starts a second agent beside it, which must be refused.</summary>
    /// <returns>What the second one wrote.</returns>
    public async Task<(int ExitCode, string Output)> StartSecondAsync()
    {
        await using var second = NewAgent();
        await second.Exited.WaitAsync(Longest);
        return (second.ExitCode, second.Output);
    }

    /// <summary>Ends it by SIGTERM.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> TerminateAsync()
    {
        if (kill(_agent!.Id, Sigterm) != 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        }

        await _agent.Exited.WaitAsync(Longest);
        return _agent.ExitCode;
    }

    /// <summary>Records of all lives for which the rings had no space, of high value and bulk, as the last agent said when it was ended by <see cref="TerminateAsync"/>.</summary>
    public (long High, long Bulk) LostInKernel
    {
        get
        {
            var found = LostLine().Match(Output);
            var all = Number(found.Success ? found.Groups["all"] : throw new InvalidOperationException($"it did not say what it lost:\n{Output}"));
            var high = found.Groups["high"].Success ? Number(found.Groups["high"]) : 0;
            return (high, all - high);

            static long Number(Group group) => long.Parse(group.ValueSpan, CultureInfo.InvariantCulture);
        }
    }

    /// <summary>Takes all the room of the spool's disk.</summary>
    public void FillDisk()
    {
        using var file = File.Create(Path.Combine(_disk.Path, "filler"));
        try
        {
            for (var block = new byte[4096]; ;)
            {
                file.Write(block);
                file.Flush();
            }
        }
        catch (IOException)
        {
            // That was the last of it.
        }
    }

    /// <summary>Gives it back.</summary>
    public void FreeDisk() => File.Delete(Path.Combine(_disk.Path, "filler"));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_agent is not null)
        {
            await _agent.DisposeAsync();
        }

        _bpf.Dispose();
        _disk.Dispose();
        _watched.Dispose();
        _clock.Dispose();
    }

    private ChildProcess NewAgent() => ChildProcess.Start(
        Programs.EdgeAgent,
        [
            "--sinks", "kinesis", "--kinesis-stream-name", _stream, "--kinesis-endpoint", _endpoint.ToString(), "--kinesis-region", DummyAws.Region,
            "--host-id", HostId, "--metadata", "off", "--watch-folders", _watched.Path, "--pins", Path.Combine(_bpf.Path, "edge-agent"),
            "--spool-path", Path.Combine(_disk.Path, "spool"), "--spool-mebibytes", _spoolMebibytes.ToString(CultureInfo.InvariantCulture),
        ],
        new Dictionary<string, string?>(DummyAws.ProcessEnvironment.Concat(_clock.Environment)));

    [GeneratedRegex("stopped: .* (?<all>[0-9]+) lost in the kernel, ((?<high>[0-9]+) of these of high value, )?")]
    private static partial Regex LostLine();

    [LibraryImport("libc", SetLastError = true)]
    private static partial int kill(int pid, int signal);
}
