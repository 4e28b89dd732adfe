using Support;
using LocalPipeline.Recording;
using Wire.Codec;
using Wire.Model;

namespace Benchmarks.Recordings;

/// <summary>What the recordings of <c>tests/Fixtures/recordings</c> hold, cut into frames as asked for. <c>record.sh</c> makes them.</summary>
internal static class RecordedFrames
{
    /// <summary>The package install has one high event, the logins have 16: frames with fewer than a measured one has would say nothing of those.</summary>
    private const int LeastOfALane = 25;

    /// <summary>Names of the recordings.</summary>
    public static IReadOnlyList<string> Names { get; } = ["build", "package", "login"];

    /// <summary>The frames of a recording as the agent flushed them; those that only say that the host is alive are left out.</summary>
    public static List<Frame> Load(string name, bool withArguments = true) =>
        WithSharedNodes(Read(Repository.File($"tests/Fixtures/recordings/{name}.rec")), withArguments);

    /// <summary>The frames of a file.</summary>
    public static List<Frame> Read(string path)
    {
        using var file = File.OpenRead(path);
        return [.. RecordingReader.Read(file, Console.Error.WriteLine).Select(Decoded).Where(frame => frame.Events.Count > 0)];
    }

    /// <summary>
    /// The same events in frames of so many or some more, lane by lane, each lane divided evenly; of a lane with fewer all in one. A lane that has not
    /// enough events for any frame worth measuring is left out.
    /// </summary>
    public static IEnumerable<Frame> Merged(IReadOnlyList<Frame> frames, int events)
    {
        foreach (var lane in frames.GroupBy(frame => frame.Lane))
        {
            var all = lane.SelectMany(frame => frame.Events).OrderBy(e => e.Sequence).ToArray();
            var parts = all.Length < LeastOfALane ? 0 : Math.Max(1, all.Length / events);
            for (var i = 0; i < parts; i++)
            {
                yield return Of(lane.First(), all[(i * all.Length / parts)..((i + 1) * all.Length / parts)]);
            }
        }
    }

    private static Frame Of(Frame like, HostEvent[] events) => new()
    {
        Host = like.Host, Lane = like.Lane, BootTimeUnixNs = like.BootTimeUnixNs, Events = events,
        Range = new SequenceRange(events[0].Sequence, events[^1].Sequence),
    };

    private static List<Frame> WithSharedNodes(List<Frame> frames, bool withArguments)
    {
        var texts = new HashSet<string>(StringComparer.Ordinal);
        var nodes = new NodeTable((node, parent) => new ProcessNode
        {
            Key = node.Key, Parent = parent, Image = Text(node.Image), Comm = Text(node.Comm), Arguments = withArguments ? [.. node.Arguments.Select(Text)] : [],
            ArgumentsTruncated = node.ArgumentsTruncated, CurrentDirectory = Text(node.CurrentDirectory), Uid = node.Uid, UserName = Text(node.UserName),
            LineageTruncated = node.LineageTruncated,
        });
        return [.. frames.Select(frame => new Frame
        {
            Host = frames[0].Host, Lane = frame.Lane, BootTimeUnixNs = frame.BootTimeUnixNs, Range = frame.Range, Lost = frame.Lost, Progress = frame.Progress,
            Events = [.. frame.Events.Select(e => EventCopy.Of(e, e.Facts with { Host = frames[0].Host, Process = nodes.Of(e.Process) }, Text, address => address))],
        })];

        // The agent has one object for the same text, too.
        string Text(string text)
        {
            if (!texts.TryGetValue(text, out var same))
            {
                texts.Add(same = text);
            }

            return same;
        }
    }

    private static Frame Decoded(byte[] bytes) => FrameDecoder.TryDecode(bytes, out var frame, out var error)
        ? frame
        : throw new InvalidDataException($"a recorded frame is none: {error}");
}
