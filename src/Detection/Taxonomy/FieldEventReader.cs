using System.Diagnostics.CodeAnalysis;
using Wire.Model;
using Wire.Text;

namespace Detection.Taxonomy;

/// <summary>
/// Reads events that are one JSON object each. Some of the fields also say what the event is: <c>category</c>, <c>product</c>,
/// <c>service</c> (its source), <c>@timestamp</c> (RFC 3339, or seconds since 1970), <c>host</c>, <c>boot</c>, <c>lane</c>,
/// <c>seq</c>. Thread-safe.
/// </summary>
public static class FieldEventReader
{
    /// <summary>Longest object, bytes.</summary>
    public static int MaxBytes => FlatJson.MaxBytes;

    /// <summary>Most characters of all texts of an object together.</summary>
    public static int MaxTextLength => FlatJson.MaxTextLength;

    /// <summary>Reads one event. Never throws, whatever the bytes are.</summary>
    /// <param name="json">The object, without anything after it.</param>
    /// <param name="line">Its line, from 1; also its sequence where it gives none.</param>
    /// <param name="previousTimeNs">Time of the line before, which is also that of an event without <c>@timestamp</c>: the order is then that of the file.</param>
    /// <param name="e">The event; null when there is a fault.</param>
    /// <param name="fault">What is wrong, fit for a terminal; null when nothing is.</param>
    public static bool TryRead(
        ReadOnlySpan<byte> json, long line, long previousTimeNs, [NotNullWhen(true)] out FieldEvent? e, [NotNullWhen(false)] out string? fault)
    {
        var fields = new Dictionary<string, FieldValue>();
        e = null;
        fault = FlatJson.Read(json, fields);
        if (fault is not null)
        {
            return false;
        }

        NameCapabilities(fields);
        var head = new FieldEventHead(fields);
        var sources = head.Sources();
        var facts = FieldEvent.FactsOf(
            new HostIdentity(head.Host(), head.BootId(), "", null), head.Lane(), head.Sequence(line), head.TimeNs(previousTimeNs));
        fault = head.Fault;
        if (fault is not null)
        {
            return false;
        }

        e = new FieldEvent(facts) { Source = sources[0], FurtherSources = sources[1..], Line = line, Fields = fields };
        return true;
    }

    /// <summary>The agent's JSON lines have the set as a mask; rules ask for names.</summary>
    private static void NameCapabilities(Dictionary<string, FieldValue> fields)
    {
        if (fields.TryGetValue(nameof(HostField.Capabilities), out var field) && field.Text is { } text && CapabilityNames.OfMask(text) is { } set)
        {
            fields[nameof(HostField.Capabilities)] = FieldValue.KnownText(CapabilityNames.Of(set));
        }
    }
}
