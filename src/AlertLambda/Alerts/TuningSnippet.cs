using System.Globalization;
using System.Text;
using Detection.Findings;
using Wire.Model;

namespace AlertLambda.Alerts;

/// <summary>An exception for <c>tuning.yaml</c> that leaves out events like the last one of an incident. ASCII only, whatever names it holds.</summary>
public static class TuningSnippet
{
    /// <summary>Days from the incident until the exception ends.</summary>
    public const int Days = 90;

    /// <summary>Longest value, UTF-16 units; of a longer one the beginning stands with a wildcard: without it the exception would be wider still.</summary>
    public const int MaxValue = 200;

    private const int IdLength = 200;

    /// <summary>The fields by which the event is told from others, with their values: raw, none empty.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Fields(Incident incident)
    {
        ArgumentNullException.ThrowIfNull(incident);
        if (incident.Witnesses.Count == 0)
        {
            return [];
        }

        var e = incident.Witnesses[^1].Event;
        var (name, value) = e switch
        {
            ExecEvent => ("CommandLine", e.Process.CommandLine),
            FileOpenEvent open => ("TargetFilename", open.Path),
            CallEvent call => ("TargetFilename", call.Path),
            NetworkEvent network => ("DestinationIp", network.Address.ToString()),
            _ => ("", ""),
        };
        KeyValuePair<string, string>[] fields = [new("Image", e.Process.Image), new(name, value), new("User", e.UserName)];
        return [.. fields.Where(field => field.Value.Length > 0)];
    }

    /// <summary>The snippet with LF line ends; null when nothing of the event tells it from others.</summary>
    public static string? Of(Incident incident)
    {
        ArgumentNullException.ThrowIfNull(incident);
        var fields = Fields(incident);
        if (!fields.Any(field => field.Key != "User"))
        {
            return null;
        }

        var expires = DateTime.UnixEpoch.AddTicks(incident.LastTimeNs / 100).AddDays(Days);
        var text = new StringBuilder("exceptions:\n");
        text.Append("  - rule: ").Append(Scalar(incident.Rule.Id.Length <= IdLength ? incident.Rule.Id : incident.Rule.Id[..IdLength], false)).Append('\n');
        text.Append("    reason: write here who decided this and why\n");
        text.Append(CultureInfo.InvariantCulture, $"    expires: {expires:yyyy-MM-dd}\n");
        text.Append("    filter:\n");
        foreach (var (key, value) in fields)
        {
            text.Append("      ").Append(key).Append(": ").Append(Scalar(value, true)).Append('\n');
        }

        return text.ToString();
    }

    // Plain where YAML and every medium read it as it stands, else between double quotes.
    private static string Scalar(string raw, bool isPattern)
    {
        if (Guid.TryParseExact(raw, "D", out _) || (raw.StartsWith('/') && raw.Length <= MaxValue && raw.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '.' or '-' or '_')))
        {
            return raw;
        }

        var text = new StringBuilder("\"");
        for (var at = 0; at < raw.Length;)
        {
            if (isPattern && at >= MaxValue)
            {
                text.Append('*');
                break;
            }

            var isValid = Rune.DecodeFromUtf16(raw.AsSpan(at), out var rune, out var used) == System.Buffers.OperationStatus.Done;
            var startsLink = raw.AsSpan(at).StartsWith("://");
            at += used;
            text.Append(isValid ? Escape(rune.Value, startsLink, isPattern) : isPattern ? "?" : "\\ufffd");
        }

        return text.Append('"').ToString();
    }

    // A byte that is no UTF-8 cannot be written: any character stands for it. The rest is exact: Sigma's own signs, then YAML's escapes.
    private static string Escape(int point, bool startsLink, bool isPattern) => point switch
    {
        '\\' => isPattern ? """\\\\""" : """\\""",
        '*' or '?' when isPattern => $"""\\{(char)point}""",
        '"' => "\\\"",
        < ' ' or 0x7F or '<' or '>' or '&' or '`' or '@' => Hex('x', point, 2),
        ':' when startsLink => Hex('x', point, 2),
        < 0x7F => ((char)point).ToString(),
        <= 0xFFFF => Hex('u', point, 4),
        _ => Hex('U', point, 8),
    };

    private static string Hex(char kind, int point, int digits) => $"\\{kind}{point.ToString($"x{digits}", CultureInfo.InvariantCulture)}";
}
