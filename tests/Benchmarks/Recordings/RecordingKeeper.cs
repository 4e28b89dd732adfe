using System.Buffers.Binary;
using System.Net;
using System.Text.RegularExpressions;
using LocalPipeline.Recording;
using Support;
using Wire.Codec;
using Wire.Model;

namespace Benchmarks.Recordings;

/// <summary>
/// Makes a fixture of a recording: only what one job did, as a child of systemd, on an invented host. Paths of the work folder, the name of
/// this machine, hosts that packages come from and addresses are replaced.
/// </summary>
internal sealed partial class RecordingKeeper
{
    private readonly uint _job;
    private readonly string[] _hosts;
    private readonly NodeTable _nodes;

    /// <param name="job">Pid of the job.</param>
    public RecordingKeeper(uint job)
    {
        _job = job;
        _hosts = [.. PackageHosts(), Environment.MachineName];
        _nodes = new NodeTable(Changed);
    }

    /// <summary>Reads a recording and writes what is kept of it.</summary>
    public void Keep(string from, string to)
    {
        using var output = File.Create(to);
        output.Write(RecordingFormat.Magic);
        var (encoder, length, events) = (new FrameEncoder(), new byte[sizeof(int)], 0);
        foreach (var frame in RecordedFrames.Read(from))
        {
            if (Kept(frame) is { Events.Count: > 0 } kept)
            {
                var bytes = encoder.Encode(kept);
                BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
                output.Write(length);
                output.Write(bytes);
                events += kept.Events.Count;
            }
        }

        Console.WriteLine($"{to}: {events} events, {output.Length} bytes");
    }

    private Frame Kept(Frame frame) => new()
    {
        Host = Some.Host(), Lane = frame.Lane, Range = frame.Range, BootTimeUnixNs = Some.BootTimeUnixNs, Lost = frame.Lost, Progress = frame.Progress,
        Events = [.. frame.Events.Where(e => e.Process.Lineage().Any(node => node.Key.Pid == _job)).Select(Kept)],
    };

    private HostEvent Kept(HostEvent e) => EventCopy.Of(
        e,
        e.Facts with { Host = Some.Host(), TimeNs = Some.BootTimeUnixNs + (long)e.BootNs, Process = _nodes.Of(e.Process) },
        Scrubbed,
        Scrubbed);

    private ProcessNode Changed(ProcessNode node, ProcessNode? parent)
    {
        // Who started the job is nobody's business.
        var isTop = !node.Lineage().Skip(1).Any(ancestor => ancestor.Key.Pid == _job);
        return new ProcessNode
        {
            Key = node.Key, Parent = isTop ? Some.Init : parent, Image = Scrubbed(node.Image), Comm = node.Comm,
            Arguments = [.. node.Arguments.Select(Scrubbed)], ArgumentsTruncated = node.ArgumentsTruncated,
            CurrentDirectory = Scrubbed(node.CurrentDirectory), Uid = node.Uid, UserName = node.UserName, LineageTruncated = node.LineageTruncated,
        };
    }

    private string Scrubbed(string text)
    {
        foreach (var host in _hosts)
        {
            text = Regex.Replace(text, $@"\b{Regex.Escape(host)}\b", "host.example", RegexOptions.IgnoreCase);
        }

        return WorkFolder().Replace(text.Replace(Repository.File(""), "/srv/repository", StringComparison.Ordinal), "/srv/work");
    }

    private static IPAddress Scrubbed(IPAddress address) => IPAddress.IsLoopback(address) || address.GetAddressBytes() is not [.., var last]
        ? address
        : new IPAddress([198, 51, 100, last]);

    private static string[] PackageHosts() => Directory.EnumerateFiles("/etc/apt", "*.*", SearchOption.AllDirectories)
        .Where(file => file.EndsWith(".list", StringComparison.Ordinal) || file.EndsWith(".sources", StringComparison.Ordinal) || file.Contains("conf", StringComparison.Ordinal))
        .Append("/etc/apt/sources.list").Where(File.Exists)
        .SelectMany(file => HostOfUrl().Matches(File.ReadAllText(file)))
        .Select(match => match.Groups[1].Value).Distinct(StringComparer.Ordinal).ToArray();

    [GeneratedRegex(@"/var/tmp/recordings\.\w+")]
    private static partial Regex WorkFolder();

    [GeneratedRegex(@"https?://([^/:\s""]+)")]
    private static partial Regex HostOfUrl();
}
