using System.Text;
using Detection.Taxonomy;
using Support;
using Wire.Model;

namespace Fuzz;

/// <summary>Events with ordinary and hostile texts, in an order that is not quite that of time.</summary>
internal static class RandomEvents
{
    private static readonly string[] Texts =
        ["", "/usr/bin/bash", "/usr/bin/sudo", "/etc/shadow", "-c", "curl http://203.0.113.7/a", "aaaaaaaaaaaaaaaaaaaaaaaa", "\u0130\u017F\u212A", "a\0b", "%00'\"", "\U0001F600"];

    /// <summary>So many events.</summary>
    public static List<HostEvent> Make(int count, Random random) => [.. Enumerable.Range(1, count).Select(i => Next((ulong)i, random))];

    private static HostEvent Next(ulong number, Random random)
    {
        var sequence = random.Next(8) == 0 ? (ulong)random.NextInt64(1, random.Next(4) == 0 ? long.MaxValue : 100) : number;
        var host = Some.Host(random.Next(3) == 0 ? $"i-{random.Next(4)}" : null);
        // No later than the decoder lets pass: up to the year 2262.
        var bootNs = random.Next(30) == 0 ? (ulong)random.NextInt64(long.MaxValue - Some.BootTimeUnixNs) : (number * 400_000_000) + (ulong)random.NextInt64(2_000_000_000);
        var process = Process(random, Process(random, null));
        var lane = random.Next(2) == 0 ? Lane.High : Lane.Bulk;
        return random.Next(7) switch
        {
            0 => Some.Exec(process, sequence, bootNs, lane, host),
            1 => Some.FileOpen(Text(random), process, sequence, bootNs, lane, host, openFlags: (uint)random.Next(0x10000)),
            2 => Some.Connect($"203.0.113.{random.Next(256)}", (ushort)random.Next(65_536), process, sequence, bootNs, lane, host),
            3 => Some.Exit(process, sequence, bootNs, lane, host, exitCode: random.Next()),
            4 => Some.FileOpen(Text(random), process, sequence, bootNs, lane, host, error: (ushort)random.Next(1, 140)),
            5 => Call(random, process, sequence, bootNs, lane, host),
            _ => Named(number, random),
        };
    }

    // Also of kinds that are not known yet.
    private static CallEvent Call(Random random, ProcessNode process, ulong sequence, ulong bootNs, Lane lane, HostIdentity host) => Some.Call(
        (CallKind)random.Next(2, 26), Text(random), Text(random), process, sequence, bootNs, lane, host, error: (ushort)(random.Next(2) * random.Next(140)),
        arguments: new CallArguments((ulong)random.NextInt64(), (ulong)random.Next(), ulong.MaxValue, 0), file: new FileIdentity(1, (ulong)random.Next(3), 0x81A4, 1));

    private static FieldEvent Named(ulong number, Random random)
    {
        var json = new StringBuilder($$"""{"product":"linux","category":["process_creation","file_event"],"host":"h{{random.Next(3)}}","@timestamp":{{number}}""");
        foreach (var name in (string[])["Image", "CommandLine", "TargetFilename", "DestinationIp", "DestinationPort", "User", "ProcessId", "type", "a0"])
        {
            var value = random.Next(5) switch { 0 => "null", 1 => random.Next().ToString(null as IFormatProvider), 2 => "[1,\"a\",true]", _ => $"\"{new string('a', random.Next(300))}/sudo\"" };
            json.Append($",\"{name}\":{value}");
        }

        return FieldEventReader.TryRead(Encoding.UTF8.GetBytes(json.Append('}').ToString()), (long)number, 0, out var e, out var fault)
            ? e
            : throw new InvalidOperationException(fault);
    }

    private static ProcessNode Process(Random random, ProcessNode? parent) => Some.Process(
        Text(random), [.. Enumerable.Range(0, random.Next(5)).Select(_ => Text(random))], parent, (uint)random.Next(1, 40), uid: (uint)random.Next(3),
        currentDirectory: Text(random));

    private static string Text(Random random) =>
        random.Next(20) == 0 ? new StringBuilder().Insert(0, TextMutator.Pick(Texts, random), random.Next(200)).ToString() : TextMutator.Pick(Texts, random);
}
