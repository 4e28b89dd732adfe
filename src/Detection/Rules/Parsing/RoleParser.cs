namespace Detection.Rules.Parsing;

/// <summary>Parses the boolean condition of a temporal correlation over the rules that it refers to.</summary>
internal sealed class RoleParser : BooleanParser<RoleExpression>
{
    private readonly Func<RuleNode, int> _roleOf;

    private RoleParser(RuleNode node, Func<RuleNode, int> roleOf)
        : base(node) => _roleOf = roleOf;

    protected override string WayOut => Next switch
    {
        "1" or "any" or "all" when Peek(1) == "of" => "name the rules, joined by and, or, not",
        "them" or "of" => "name the rules, joined by and, or, not",
        _ => "",
    };

    /// <summary>The expression.</summary>
    /// <param name="node">Its text.</param>
    /// <param name="roleOf">The role of a name.</param>
    public static RoleExpression Parse(RuleNode node, Func<RuleNode, int> roleOf) => new RoleParser(node, roleOf).Parse();

    /// <summary>The names in an expression in the order of appearance, each once, however broken it is.</summary>
    public static IReadOnlyList<string> Names(string expression) =>
        [.. Tokens(expression).Select(token => token.Text).Where(IsName).Distinct()];

    protected override RoleExpression All(List<RoleExpression> parts) => new RoleExpression.All(parts);

    protected override RoleExpression Any(List<RoleExpression> parts) => new RoleExpression.Any(parts);

    protected override RoleExpression Negation(RoleExpression part) => new RoleExpression.Not(part);

    protected override RoleExpression Primary()
    {
        if (Next is not { } name || !IsName(name) || Peek(1) == "of" || IsUpperCaseOperator(name))
        {
            throw Unexpected();
        }

        var place = Fault("", "");
        var role = _roleOf(new RuleNode(NodeKind.Scalar, place.Line, place.Column) { Value = name });
        Position++;
        return new RoleExpression.Occurs(role);
    }
}
