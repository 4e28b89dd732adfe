using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Detection.Rules.Parsing;

/// <summary>
/// Reads the documents of a YAML stream as nodes, by the parser's events: no reflection, every node keeps its place. What is written as
/// nearly all rules are, <see cref="BlockReader"/> reads.
/// </summary>
internal sealed class RuleDocumentReader
{
    /// <summary>Deepest nesting that is read.</summary>
    private const int MaxDepth = 32;

    /// <summary>Deepest nesting below it that is stepped over: YamlDotNet's scanner takes time for each open level at each token.</summary>
    private const int MaxSkippedDepth = 200;

    private const string TextTag = "tag:yaml.org,2002:str";

    /// <summary>Most nodes that aliases may repeat in one document: a few lines can stand for billions.</summary>
    private const int MaxRepeated = 50_000;

    private readonly IParser _parser;
    private readonly Dictionary<string, RuleNode> _anchors = [];
    private long _repeated;
    private readonly FaultList _faults = new();

    private RuleDocumentReader(IParser parser) => _parser = parser;

    /// <summary>
    /// The documents of <paramref name="source"/>. A syntax error ends the list with an empty document that has the fault, and a source
    /// that is no text is nothing but that; any other fault spoils only its own document. Empty documents are left out.
    /// </summary>
    public static List<RuleDocument> Read(RuleSource source) =>
        source.Fault is { } fault ? [Unreadable(source, fault)] : BlockReader.TryRead(source) ?? ReadAny(source);

    /// <summary>As <see cref="Read"/>, without trying the faster way first.</summary>
    public static List<RuleDocument> ReadAny(RuleSource source)
    {
        var documents = new List<RuleDocument>();
        if (YamlSyntax.Read(source.Text, parser => new RuleDocumentReader(parser).ReadStream(source.Name, documents)) is { } fault)
        {
            documents.Add(Unreadable(source, fault));
        }

        return documents;
    }

    private static RuleDocument Unreadable(RuleSource source, RuleFault fault) =>
        new(source.Name, new RuleNode(NodeKind.Mapping, fault.Line, fault.Column), fault);

    private void ReadStream(string file, List<RuleDocument> documents)
    {
        _parser.Consume<StreamStart>();
        while (!_parser.Accept<StreamEnd>(out _))
        {
            _repeated = 0;
            _anchors.Clear();
            _parser.Consume<DocumentStart>();
            var root = ReadNode(0);
            _parser.Consume<DocumentEnd>();
            var fault = _faults.TakeAll();
            if (root.Kind != NodeKind.Scalar || root.Value.Length > 0)
            {
                documents.Add(new RuleDocument(file, root, fault));
            }
        }
    }

    private RuleNode ReadNode(int depth)
    {
        if (depth > MaxDepth)
        {
            return Skip($"nested deeper than {MaxDepth}", "fewer levels");
        }

        if (_parser.TryConsume<AnchorAlias>(out var alias))
        {
            return Repeat(alias, depth);
        }

        _parser.Accept<NodeEvent>(out var start);
        var node = _parser.TryConsume<Scalar>(out var scalar) ? ReadScalar(scalar)
            : _parser.TryConsume<SequenceStart>(out var sequence) ? ReadSequence(sequence, depth)
            : ReadMapping(depth);
        if (start is not null && !start.Anchor.IsEmpty)
        {
            _anchors[start.Anchor.Value] = node;
        }

        return node;
    }

    // An anchor is known only when its node is complete, so nothing can hold itself.
    private RuleNode Repeat(AnchorAlias alias, int depth)
    {
        var place = new RuleNode(NodeKind.Scalar, (int)alias.Start.Line, (int)alias.Start.Column);
        if (!_anchors.TryGetValue(alias.Value.Value, out var node))
        {
            _faults.Add(place.Fault($"there is no complete node with the anchor '{alias.Value}' before this alias", "the anchor first; or quotes around a text that begins with *"));
            return place;
        }

        _repeated += node.Size;
        if (_repeated > MaxRepeated || depth + node.Height > MaxDepth)
        {
            AddFirst(place.Fault($"aliases make the document larger than {MaxRepeated} nodes or deeper than {MaxDepth} levels", "fewer aliases"));
            return place;
        }

        return node;
    }

    // What is too large or too deep is so in many places at once: one of them says enough.
    private void AddFirst(RuleFault fault)
    {
        if (_faults.IsEmpty)
        {
            _faults.Add(fault);
        }
    }

    private static RuleNode ReadScalar(Scalar scalar)
    {
        var isText = !scalar.Tag.IsEmpty && scalar.Tag.Value == TextTag;
        return new RuleNode(NodeKind.Scalar, (int)scalar.Start.Line, (int)scalar.Start.Column)
        {
            Value = scalar.Value,
            IsPlain = scalar.Style == ScalarStyle.Plain && !isText,
        };
    }

    private RuleNode ReadSequence(SequenceStart start, int depth)
    {
        var node = new RuleNode(NodeKind.Sequence, (int)start.Start.Line, (int)start.Start.Column);
        while (!_parser.TryConsume<SequenceEnd>(out _))
        {
            node.Add(ReadNode(depth + 1));
        }

        return node;
    }

    private RuleNode ReadMapping(int depth)
    {
        var start = _parser.Consume<MappingStart>().Start;
        var node = new RuleNode(NodeKind.Mapping, (int)start.Line, (int)start.Column);
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            var key = ReadNode(depth + 1);
            var value = ReadNode(depth + 1);
            if (key.Kind != NodeKind.Scalar)
            {
                _faults.Add(key.Fault("a key must be text", "a text before the colon"));
            }
            else if (key is { IsPlain: true, Value: "<<" })
            {
                _faults.Add(key.Fault("YAML merge keys are not supported", "an alias for the whole map, or the keys written out"));
            }
            else if (!node.TryAdd(key, value))
            {
                _faults.Add(key.Fault($"key '{key.Value}' stands twice", "put the values of both in one list, or name two searches"));
            }
        }

        return node;
    }

    // The rest of the stream is still read, so that one document does not spoil the others.
    private RuleNode Skip(string reason, string wayOut)
    {
        var start = _parser.Current!.Start;
        var node = new RuleNode(NodeKind.Scalar, (int)start.Line, (int)start.Column);
        AddFirst(node.Fault(reason, wayOut));
        for (var deeper = _parser.Consume<ParsingEvent>().NestingIncrease; deeper > 0;)
        {
            var next = _parser.Consume<ParsingEvent>();
            deeper += next.NestingIncrease;
            if (deeper > MaxSkippedDepth)
            {
                throw new YamlException(next.Start, next.End, reason);
            }
        }

        return node;
    }
}
