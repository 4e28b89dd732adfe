using Wire.Model;

namespace Benchmarks.Detection;

/// <summary>
/// An endless stream from a few events: the same content again under new numbers and times, one every millisecond, without a hole in
/// either lane. An engine takes an event only once.
/// </summary>
internal sealed class EventStream(HostEvent[] contents)
{
    private readonly ulong[] _numbers = [0, 0];
    private ulong _count;

    /// <summary>The next events.</summary>
    public HostEvent[] Next(int count)
    {
        var events = new HostEvent[count];
        for (var i = 0; i < count; i++)
        {
            var content = contents[(int)(_count % (ulong)contents.Length)];
            events[i] = Numbered(content, ++_numbers[(int)content.Lane], ++_count * 1_000_000);
        }

        return events;
    }

    /// <summary>An event with another number and time.</summary>
    public static HostEvent Numbered(HostEvent e, ulong sequence, ulong bootNs)
    {
        var facts = new EventFacts
        {
            Host = e.Host, Lane = e.Lane, Sequence = sequence, BootNs = bootNs, TimeNs = Support.Some.BootTimeUnixNs + (long)bootNs,
            Process = e.Process, Actor = e.Facts.Actor, ThreadId = e.ThreadId, Cpu = e.Cpu, Flags = e.Flags, Origin = e.Origin,
        };
        return e switch
        {
            ExecEvent exec => new ExecEvent(facts)
            {
                File = exec.File, PathFlags = exec.PathFlags, AskedPath = exec.AskedPath, Interpreter = exec.Interpreter, CallerComm = exec.CallerComm,
            },
            FileOpenEvent open => new FileOpenEvent(facts)
            {
                Path = open.Path, AskedPath = open.AskedPath, PathFlags = open.PathFlags, File = open.File, OpenFlags = open.OpenFlags,
            },
            NetworkEvent network => new NetworkEvent(facts, network.Kind == EventKind.Send)
            {
                Address = network.Address, Port = network.Port, Protocol = network.Protocol,
            },
            _ => throw new ArgumentException($"no copy of a {e.Kind}", nameof(e)),
        };
    }
}
