using System.Text.RegularExpressions;

namespace AlertLambda.Ocsf;

/// <summary>A rule's ATT&amp;CK tags as OCSF <c>attacks</c>: one entry for each technique and, where a rule has several tactics, for each tactic.</summary>
/// <remarks>Sigma does not say which technique serves which tactic; only with one tactic is the pair certain.</remarks>
internal static partial class AttackTags
{
    private const int Most = 20;

    private static readonly Dictionary<string, (string Uid, string Name)> Tactics = new(StringComparer.Ordinal)
    {
        ["reconnaissance"] = ("TA0043", "Reconnaissance"),
        ["resource-development"] = ("TA0042", "Resource Development"),
        ["initial-access"] = ("TA0001", "Initial Access"),
        ["execution"] = ("TA0002", "Execution"),
        ["persistence"] = ("TA0003", "Persistence"),
        ["privilege-escalation"] = ("TA0004", "Privilege Escalation"),
        ["defense-evasion"] = ("TA0005", "Defense Evasion"),
        ["credential-access"] = ("TA0006", "Credential Access"),
        ["discovery"] = ("TA0007", "Discovery"),
        ["lateral-movement"] = ("TA0008", "Lateral Movement"),
        ["collection"] = ("TA0009", "Collection"),
        ["exfiltration"] = ("TA0010", "Exfiltration"),
        ["command-and-control"] = ("TA0011", "Command and Control"),
        ["impact"] = ("TA0040", "Impact"),
    };

    /// <summary><c>attacks</c>, or nothing when the tags name none.</summary>
    internal static void Write(OcsfWriter ocsf, IReadOnlyList<string> tags)
    {
        var tactics = tags.Select(tag => TacticOf(tag)).OfType<(string Uid, string Name)>().Distinct().Take(Most).ToList();
        var techniques = tags.Select(tag => Technique().Match(tag.ToLowerInvariant())).Where(match => match.Success).Take(Most).ToList();
        if (tactics.Count + techniques.Count == 0)
        {
            return;
        }

        ocsf.Json.WriteStartArray("attacks");
        foreach (var technique in techniques)
        {
            ocsf.Json.WriteStartObject();
            if (tactics.Count == 1)
            {
                Tactic(ocsf, tactics[0]);
            }

            var number = technique.Groups[1].Value.ToUpperInvariant();
            Named(ocsf, "technique", number, number);
            if (technique.Groups[2].Success)
            {
                Named(ocsf, "sub_technique", $"{number}.{technique.Groups[2].Value}", $"{number}/{technique.Groups[2].Value}");
            }

            ocsf.Json.WriteEndObject();
        }

        foreach (var tactic in tactics.Where(_ => tactics.Count > 1 || techniques.Count == 0))
        {
            ocsf.Json.WriteStartObject();
            Tactic(ocsf, tactic);
            ocsf.Json.WriteEndObject();
        }

        ocsf.Json.WriteEndArray();
    }

    private static (string Uid, string Name)? TacticOf(string tag) =>
        tag.StartsWith("attack.", StringComparison.OrdinalIgnoreCase)
        && Tactics.TryGetValue(tag["attack.".Length..].ToLowerInvariant().Replace('_', '-'), out var tactic) ? tactic : null;

    private static void Tactic(OcsfWriter ocsf, (string Uid, string Name) tactic)
    {
        ocsf.Json.WriteStartObject("tactic");
        ocsf.Json.WriteString("uid", tactic.Uid);
        ocsf.Json.WriteString("name", tactic.Name);
        ocsf.Json.WriteEndObject();
    }

    private static void Named(OcsfWriter ocsf, string attribute, string uid, string path)
    {
        ocsf.Json.WriteStartObject(attribute);
        ocsf.Json.WriteString("uid", uid);
        ocsf.Json.WriteString("src_url", $"https://attack.mitre.org/techniques/{path}/");
        ocsf.Json.WriteEndObject();
    }

    [GeneratedRegex(@"\Aattack\.(t[0-9]{4})(?:\.([0-9]{3}))?\z")]
    private static partial Regex Technique();
}
