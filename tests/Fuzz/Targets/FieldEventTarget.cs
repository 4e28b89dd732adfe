using System.Text;
using Detection.Rules;
using Detection.Taxonomy;

namespace Fuzz.Targets;

/// <summary>Damaged lines of JSON; what can be read goes through an engine.</summary>
internal sealed class FieldEventTarget : FuzzTarget
{
    private static readonly byte[][] Corpus =
    [
        .. ((string[])
        [
            """{"product":"linux","category":"process_creation","Image":"/usr/bin/sudo","CommandLine":"sudo -l","@timestamp":"2026-01-01T00:00:00.123456789Z","host":"h1","seq":18446744073709551615}""",
            """{"category":["file_access","file_event"],"product":"linux","TargetFilename":"/etc/shadow","ProcessId":1e28,"User":null,"x":{"y":{"z":[1,"a",true,null]}},"boot":"0b7e3c1a-5d42-4f0e-9a68-1c2d3e4f5a6b","lane":"high"}""",
            """{"@timestamp":-0.000000001,"service":"auditd","type":"EXECVE","a0":"\ud83d\ude00","a1":"\u0000","empty":[],"none":{}}""",
            """{"@timestamp":1767225600.1234567899,"host":"","DestinationIp":"2001:db8::1","DestinationPort":443,"n":79228162514264337593543950336}""",
            """{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":1}}}}}}}}}}}}}}}""",
        ]).Select(Encoding.UTF8.GetBytes)
    ];

    private static readonly RulePack Pack = RuleLoaderTarget.Load(Corpora.Correlations);

    public override string Name => "field-events";

    public override byte[] Make(Random random) => random.Next(2) == 0
        ? ByteMutator.Mutate(Corpus, random)
        : Encoding.UTF8.GetBytes(TextMutator.Mutate([.. Corpus.Select(Encoding.UTF8.GetString)], random));

    public override void Run(ReadOnlySpan<byte> input)
    {
        if (FieldEventReader.TryRead(input, 1, 0, out var e, out var fault))
        {
            Packs.Evaluate(Pack, [e, e]);
        }
        else if (fault.Length == 0)
        {
            throw new InvalidDataException("a fault without a reason");
        }
    }
}
