namespace Fuzz.Targets;

/// <summary>The targets, each with inputs of its own.</summary>
internal static class AllTargets
{
    /// <summary>One of each.</summary>
    public static IReadOnlyList<FuzzTarget> Make() =>
    [
        new RuleLoaderTarget(), new YamlTarget(), new ConditionTarget(), new ExpressionTarget(), new WildcardTarget(), new FieldEventTarget(),
        new StateTarget(), new CompanionTestTarget(), new EngineTarget(), new FrameTarget(),
    ];
}
