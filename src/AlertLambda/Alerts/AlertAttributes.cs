using Detection.Findings;
using Wire.Model;
using Wire.Text;

namespace AlertLambda.Alerts;

/// <summary>The attributes by which subscriptions filter: made in one way, whatever is told.</summary>
internal static class AlertAttributes
{
    private const int MaxLength = 128;

    /// <summary>Makes them.</summary>
    /// <param name="level">Of the rule, or of what the rule would be.</param>
    /// <param name="rule">Its id.</param>
    /// <param name="host">Name of the host, or what stands for it.</param>
    /// <param name="environment">Name of the deployment.</param>
    /// <param name="change">What happened to what is told.</param>
    /// <param name="cloud">Where the host is; null = not known.</param>
    internal static Dictionary<string, string> Make(RuleLevel level, string rule, string host, string environment, string change, CloudIdentity? cloud = null)
    {
        var attributes = new Dictionary<string, string>
        {
            ["severity"] = Phrases.Severity(level),
            ["rule"] = Value(rule),
            ["host"] = Value(host),
            ["environment"] = Value(environment),
            ["change"] = change,
        };
        if (cloud is { AccountId.Length: > 0 })
        {
            attributes["account"] = Value(cloud.AccountId);
        }

        return attributes;
    }

    // SNS refuses an empty value.
    private static string Value(string raw) => raw.Length == 0 ? "unknown" : TextCut.Escape(raw, MaxLength, SafeText.Escape).Text;
}
