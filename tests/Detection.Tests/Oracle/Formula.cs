namespace Detection.Tests.Oracle;

/// <summary>A boolean condition over names of rules.</summary>
internal abstract record Formula
{
    /// <summary>A rule occurs.</summary>
    public sealed record Name(string Rule) : Formula
    {
        public override string ToString() => Rule;
    }

    /// <summary>Both hold.</summary>
    public sealed record And(Formula Left, Formula Right) : Formula
    {
        public override string ToString() => $"({Left} and {Right})";
    }

    /// <summary>One of them holds.</summary>
    public sealed record Or(Formula Left, Formula Right) : Formula
    {
        public override string ToString() => $"({Left} or {Right})";
    }

    /// <summary>It does not hold.</summary>
    public sealed record Not(Formula Part) : Formula
    {
        public override string ToString() => $"not {Part}";
    }

    /// <summary>True when there is a negation in it.</summary>
    public bool Negates => this switch
    {
        Not => true,
        And and => and.Left.Negates || and.Right.Negates,
        Or or => or.Left.Negates || or.Right.Negates,
        _ => false,
    };

    /// <summary>Its truth when exactly these rules occur.</summary>
    public bool Holds(IReadOnlySet<string> occur) => this switch
    {
        Not not => !not.Part.Holds(occur),
        And and => and.Left.Holds(occur) && and.Right.Holds(occur),
        Or or => or.Left.Holds(occur) || or.Right.Holds(occur),
        Name name => occur.Contains(name.Rule),
        _ => throw new InvalidOperationException(),
    };

    /// <summary>Its disjunctive normal form: per conjunction the rules that must occur, and those that must not.</summary>
    public List<(HashSet<string> With, HashSet<string> Without)> Conjunctions(bool negated = false) => this switch
    {
        Not not => not.Part.Conjunctions(!negated),
        And and => negated ? [.. and.Left.Conjunctions(true), .. and.Right.Conjunctions(true)] : Cross(and.Left, and.Right, false),
        Or or => negated ? Cross(or.Left, or.Right, true) : [.. or.Left.Conjunctions(), .. or.Right.Conjunctions()],
        Name name => negated ? [([], [name.Rule])] : [([name.Rule], [])],
        _ => throw new InvalidOperationException(),
    };

    private static List<(HashSet<string> With, HashSet<string> Without)> Cross(Formula left, Formula right, bool negated) =>
    [
        .. from one in left.Conjunctions(negated)
           from other in right.Conjunctions(negated)
           select (one.With.Union(other.With).ToHashSet(), one.Without.Union(other.Without).ToHashSet()),
    ];
}
