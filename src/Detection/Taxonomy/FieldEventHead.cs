using System.Globalization;
using Wire.Model;

namespace Detection.Taxonomy;

/// <summary>Those named values of a log event that say what it is. Keeps the first fault; what is read after one means nothing.</summary>
internal sealed class FieldEventHead(Dictionary<string, FieldValue> fields)
{
    /// <summary>Name of the event's number.</summary>
    public const string SequenceName = "seq";

    /// <summary>True for a value that only says what the event is and where it comes from, not what happened.</summary>
    public static bool IsOfHead(string name) =>
        name is "category" or "product" or "service" or "@timestamp" or "host" or "boot" or "lane" or SequenceName;

    // Each is a record, and rules are tried on every one. Our own events give two at most.
    private const int MaxCategories = 4;

    /// <summary>What is wrong; null so far.</summary>
    public string? Fault { get; private set; }

    /// <summary>A text; empty when the event does not say it.</summary>
    public string Text(string name)
    {
        var value = Of(name);
        if (value.Kind is FieldKind.Text or FieldKind.Absent or FieldKind.Null)
        {
            return value.Text ?? "";
        }

        Fault ??= $"{name}: no text";
        return "";
    }

    /// <summary>The host's name; also one that is a number, as its text.</summary>
    public string Host() => Of("host") is { Kind: FieldKind.Number } number ? number.Text! : Text("host");

    /// <summary>The sources, at least one. Our own events may give several categories.</summary>
    public LogSource[] Sources()
    {
        var product = Text("product");
        var service = Text("service");
        var category = Of("category");
        if (category.Kind != FieldKind.List)
        {
            return [new LogSource(Text("category"), product, service)];
        }

        if (category.Items.Length > MaxCategories)
        {
            Fault ??= $"category: more than {MaxCategories}";
            return [default];
        }

        var sources = new List<LogSource>();
        foreach (var item in category.Items)
        {
            Fault ??= item.Kind == FieldKind.Text ? null : "category: no text";
            sources.Add(new LogSource(item.Text ?? "", product, service));
        }

        return sources.Count > 0 ? [.. sources] : [new LogSource("", product, service)];
    }

    /// <summary>The boot id; the empty one where the event does not say it.</summary>
    public Guid BootId()
    {
        var text = Text("boot");
        if (!Guid.TryParse(text, out var id) && text.Length > 0)
        {
            Fault ??= "boot: no UUID";
        }

        return id;
    }

    /// <summary>The lane, as our own events give it; bulk where the event does not say it.</summary>
    public Lane Lane()
    {
        var text = Text("lane");
        if (text is not ("" or "high" or "bulk"))
        {
            Fault ??= "lane: neither high nor bulk";
        }

        return text == "high" ? Wire.Model.Lane.High : Wire.Model.Lane.Bulk;
    }

    /// <summary>The sequence; <paramref name="line"/> where the event gives none.</summary>
    public ulong Sequence(long line)
    {
        var value = Of(SequenceName);
        if (value.Kind is FieldKind.Absent or FieldKind.Null)
        {
            return (ulong)line;
        }

        if (!ulong.TryParse(value.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence))
        {
            Fault ??= $"{SequenceName}: no whole number from 0";
        }

        return sequence;
    }

    /// <summary>The time; <paramref name="otherwise"/> where the event gives none.</summary>
    public long TimeNs(long otherwise)
    {
        var value = Of("@timestamp");
        var timeNs = otherwise;
        var known = value.Kind switch
        {
            FieldKind.Absent or FieldKind.Null => true,
            FieldKind.Number => EventTime.TryFromSeconds(value.Number, out timeNs),
            FieldKind.Text => EventTime.TryParse(value.Text, out timeNs),
            _ => false,
        };
        if (!known)
        {
            Fault ??= "@timestamp: no time of RFC 3339 with at most nine digits after the point, and no seconds since 1970";
        }

        return timeNs;
    }

    private FieldValue Of(string name) => fields.TryGetValue(name, out var value) ? value : default;
}
