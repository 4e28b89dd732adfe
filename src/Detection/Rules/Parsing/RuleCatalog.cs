namespace Detection.Rules.Parsing;

/// <summary>The documents of all sources by kind and by name, and who refers to whom.</summary>
internal sealed class RuleCatalog(List<RefusedRule> refused)
{
    // A list of documents each: generics over own value types are compiled anew by every process.
    private readonly List<RuleDocument>[] _documents = [[], [], [], [], []];
    private readonly List<RuleNode> _referring = [];
    private readonly Dictionary<string, RuleDocument> _byName = [];
    private readonly Dictionary<string, RuleDocument?> _byTitle = [];
    private HashSet<RuleDocument>? _partsOnly;
    private HashSet<RuleDocument>? _alertToo;

    /// <summary>Documents of a kind that were not refused by now, in the order added.</summary>
    public IReadOnlyList<RuleDocument> Documents(DocumentKind kind) => _documents[(int)kind];

    /// <summary>Takes a document up, or refuses it.</summary>
    public void Add(RuleDocument document)
    {
        try
        {
            if (document.Root.Find("correlation") is { Kind: NodeKind.Mapping })
            {
                _referring.Add(document.Root);
            }

            Register(document);
            if (document.Fault is not null)
            {
                throw document.Fault;
            }

            _documents[(int)KindOf(document.Root)].Add(document);
        }
        catch (RuleFault fault)
        {
            refused.Add(document.Refuse(fault));
        }
    }

    /// <summary>False when correlations refer to the rule and none of them says <c>generate: true</c>. Asked when all were added.</summary>
    /// <remarks>A correlation that was refused counts too: its author wanted its parts silent, and its refusal is reported.</remarks>
    public bool AlertsAlone(RuleDocument document)
    {
        if (_partsOnly is null)
        {
            NoteReferences();
        }

        return _alertToo!.Contains(document) || !_partsOnly!.Contains(document);
    }

    /// <summary>What an id, a name or, if there is none, a title names; null when there is none, or several have the title.</summary>
    public RuleDocument? TryFind(RuleNode name) => name.Kind != NodeKind.Scalar
        ? null
        : _byName.GetValueOrDefault(name.Value) ?? _byTitle.GetValueOrDefault(name.Value);

    /// <summary>What a name names; null when there is none.</summary>
    /// <exception cref="RuleFault">It is a title of several rules.</exception>
    public RuleDocument? Find(RuleNode name)
    {
        name.Text("a referenced rule");
        var document = TryFind(name);
        return document is null && _byTitle.ContainsKey(name.Value)
            ? throw name.Fault($"several rules have the title '{name.Value}'", "refer to it by id or name")
            : document;
    }

    /// <summary>The rule that a correlation names.</summary>
    public Rule Resolve(RuleNode name, IReadOnlyDictionary<RuleDocument, Rule> loaded)
    {
        if (Find(name) is not { } document)
        {
            throw name.Fault($"there is no rule with id or name '{name.Value}'", "load the file that holds it, too");
        }

        if (document.Root.Find("filter") is not null)
        {
            throw name.Fault($"'{name.Value}' is a filter, no rule", "a rule or a correlation");
        }

        return loaded.TryGetValue(document, out var rule)
            ? rule
            : throw name.Fault($"'{name.Value}' was refused: see {document.File}:{document.Root.Line}", "what is said there");
    }

    private static DocumentKind KindOf(RuleNode root)
    {
        root.AsMapping("a rule");
        if (root.Find("action") is { } action)
        {
            throw action.Fault("rule collections by 'action' are not supported", "write each rule as a document of its own");
        }

        if (root.Find(PlaceholderTable.Key) is not null)
        {
            return DocumentKind.Placeholders;
        }

        RuleNode? detection = root.Find("detection"), correlation = root.Find("correlation"), filter = root.Find("filter");
        if ((filter is not null ? 1 : 0) + (correlation is not null ? 1 : 0) + (detection is not null ? 1 : 0) > 1)
        {
            throw (correlation ?? filter)!.Fault("a document is one of rule, correlation and filter", "two documents, with --- between them");
        }

        return detection is not null ? DocumentKind.Rule
            : correlation is not null ? DocumentKind.Correlation
            : filter is not null ? DocumentKind.Filter
            : throw root.Fault("the document has neither detection nor correlation nor filter", "a rule has logsource and detection");
    }

    private void Register(RuleDocument document)
    {
        var root = document.Root;
        if (root.Find("title") is { Kind: NodeKind.Scalar } title && root.Find("filter") is null && !_byTitle.TryAdd(title.Value, document))
        {
            _byTitle[title.Value] = null;
        }

        foreach (var name in RuleInfoReader.Names(root))
        {
            if (!_byName.TryAdd(name.Value, document) && _byName[name.Value] != document)
            {
                var first = _byName[name.Value];
                throw name.Fault($"'{name.Value}' already names the rule at {first.File}:{first.Root.Line}", "ids and names are unique");
            }
        }
    }

    // Lenient: what is wrong with a correlation is said when it is read.
    private void NoteReferences()
    {
        _partsOnly = new(ReferenceEqualityComparer.Instance);
        _alertToo = new(ReferenceEqualityComparer.Instance);
        foreach (var root in _referring)
        {
            var correlation = root.Find("correlation")!;
            var generate = root.Find("generate") ?? correlation.Find("generate");
            var noted = generate?.TryBoolean() == true ? _alertToo : _partsOnly;
            foreach (var name in CorrelationReader.References(correlation))
            {
                if (TryFind(name) is { } part)
                {
                    noted.Add(part);
                }
            }
        }
    }
}
