namespace Cdk.Context;

/// <summary>
/// Takes the context from where the CDK command line leaves it for the app: JSON in <c>CDK_CONTEXT_JSON</c>, and what does not
/// fit there in the file named by <c>CONTEXT_OVERFLOW_LOCATION</c>. Reading it here needs no Node, so faults are told at once.
/// </summary>
public static class ContextSource
{
    private const string ContextVariable = "CDK_CONTEXT_JSON";
    private const string OverflowVariable = "CONTEXT_OVERFLOW_LOCATION";

    /// <summary>The context of this process; empty if the app was started without one.</summary>
    /// <exception cref="InvalidContextException">A variable does not hold a JSON object.</exception>
    public static IReadOnlyDictionary<string, string> FromEnvironment()
    {
        var context = new Dictionary<string, string>(StringComparer.Ordinal);
        if (Environment.GetEnvironmentVariable(OverflowVariable) is { Length: > 0 } file)
        {
            Add(context, File.ReadAllText(file), OverflowVariable);
        }

        if (Environment.GetEnvironmentVariable(ContextVariable) is { Length: > 0 } json)
        {
            Add(context, json, ContextVariable);
        }

        return context;
    }

    private static void Add(Dictionary<string, string> context, string json, string origin)
    {
        foreach (var (key, value) in SettingsJson.Parse(json, origin))
        {
            context[key] = value;
        }
    }
}
