namespace Detection.Rules.Parsing;

/// <summary>The documents of all sources by kind and by name, and who refers to whom.</summary>
internal sealed class RuleCatalog(List<RefusedRule> refused)
{
    private readonly List<RuleDocument> _rules = [];
    private readonly List<RuleDocument> _correlations = [];
    private readonly Dictionary<string, RuleDocument> _byName = [];
    private readonly HashSet<string> _partsOnly = [];
    private readonly HashSet<string> _alertToo = [];

    /// <summary>Documents with a detection, in the order added.</summary>
    public IReadOnlyList<RuleDocument> RuleDocuments => _rules;

    /// <summary>Documents with a correlation, in the order added.</summary>
    public IReadOnlyList<RuleDocument> CorrelationDocuments => _correlations;

    /// <summary>Takes a document up, or refuses it.</summary>
    public void Add(RuleDocument document)
    {
        try
        {
            NoteReferences(document.Root);
            Register(document);
            if (document.Fault is not null)
            {
                throw document.Fault;
            }

            KindOf(document.Root).Add(document);
        }
        catch (RuleFault fault)
        {
            refused.Add(document.Refuse(fault));
        }
    }

    /// <summary>False when correlations refer to the rule and none of them says <c>generate: true</c>.</summary>
    /// <remarks>A correlation that was refused counts too: its author wanted its parts silent, and its refusal is reported.</remarks>
    public bool AlertsAlone(RuleDocument document)
    {
        var names = RuleInfoReader.Names(document.Root).Select(node => node.Value).ToList();
        return names.Any(_alertToo.Contains) || !names.Any(_partsOnly.Contains);
    }

    /// <summary>The rule that a correlation names.</summary>
    public Rule Resolve(RuleNode name, IReadOnlyDictionary<RuleDocument, Rule> loaded)
    {
        if (!_byName.TryGetValue(name.Text("a referenced rule"), out var document))
        {
            throw name.Fault($"there is no rule with id or name '{name.Value}'", "load the file that holds it, too");
        }

        if (document.Root.Find("correlation") is not null)
        {
            throw name.Fault($"'{name.Value}' is a correlation: correlations of correlations are not supported", "refer to its rules");
        }

        return loaded.TryGetValue(document, out var rule)
            ? rule
            : throw name.Fault($"'{name.Value}' was refused: see {document.File}:{document.Root.Line}");
    }

    private List<RuleDocument> KindOf(RuleNode root)
    {
        root.AsMapping("a rule");
        if (root.Find("action") is { } action)
        {
            throw action.Fault("rule collections by 'action' are not supported", "write each rule as a document of its own");
        }

        if (root.Find("filter") is { } filter)
        {
            throw filter.Fault("filters are not supported", "write the exception into the rule's condition: and not filter");
        }

        if (root.Find("correlation") is { } correlation)
        {
            return root.Find("detection") is null
                ? _correlations
                : throw correlation.Fault("a document is either a rule or a correlation", "two documents, with --- between them");
        }

        return root.Find("detection") is null ? throw root.Fault("neither detection nor correlation") : _rules;
    }

    private void Register(RuleDocument document)
    {
        foreach (var name in RuleInfoReader.Names(document.Root))
        {
            if (!_byName.TryAdd(name.Value, document) && _byName[name.Value] != document)
            {
                var first = _byName[name.Value];
                throw name.Fault($"'{name.Value}' already names the rule at {first.File}:{first.Root.Line}", "ids and names are unique");
            }
        }
    }

    // Lenient: what is wrong with the correlation is said when it is read.
    private void NoteReferences(RuleNode root)
    {
        if (root.Find("correlation") is not { } correlation || correlation.Find("rules") is not { } rules)
        {
            return;
        }

        var names = CorrelationReader.References(rules).Where(node => node.Kind == NodeKind.Scalar).Select(node => node.Value);
        var generate = root.Find("generate") ?? correlation.Find("generate");
        (generate?.TryBoolean() == true ? _alertToo : _partsOnly).UnionWith(names);
    }
}
