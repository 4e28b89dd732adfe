using System.Globalization;
using System.Text;
using System.Text.Json;
using Detection.Taxonomy;
using Wire.Model;
using Wire.Text;

namespace EdgeAgent.Delivery;

/// <summary>
/// An event as one flat JSON object: identity and time, then every field under the name that Sigma rules use for it
/// (<c>docs/rules.md</c>). Not thread-safe.
/// </summary>
internal sealed class EventJson
{
    private const string Capabilities = "Capabilities";
    private const long NsPerSecond = 1_000_000_000;
    private static readonly EventCategory[] SingleCategories =
        [.. Enum.GetValues<EventCategory>().Where(c => c != EventCategory.None && c != EventCategory.All)];

    private static readonly Field[] Fields =
        [.. HostTaxonomy.FieldNames(EventCategory.All).Select(name => HostTaxonomy.FindField(name, EventCategory.All)!)];

    private readonly HostEventView _view = new();

    /// <summary>Writes the object.</summary>
    internal void Write(Utf8JsonWriter json, HostEvent e)
    {
        _view.Show(e);
        json.WriteStartObject();
        json.WriteString("@timestamp", Rfc3339(e.TimeNs));
        WriteText(json, "host", e.Host.HostId);
        json.WriteString("boot", e.Host.BootId);
        json.WriteString("lane", e.Lane == Lane.High ? "high" : "bulk");
        json.WriteNumber("seq", e.Sequence);
        json.WriteString("kind", KindName(e.Kind));
        json.WriteString("product", "linux");
        WriteCategories(json, HostTaxonomy.CategoriesOf(e));

        // Not only those of the event's categories: a fork and an O_PATH open have no category, but facts all the same.
        foreach (var field in Fields)
        {
            if (field.Name == Capabilities)
            {
                WriteCapabilities(json, e.Credentials.Capabilities);
            }
            else
            {
                WriteValue(json, field.Name, _view.Get(field));
            }
        }

        if (e is ForkEvent fork)
        {
            json.WriteNumber("ChildProcessId", fork.Child.Pid);
        }

        if (e.Repeated > 0)
        {
            json.WriteString("repeatedSince", Rfc3339(e.TimeNs - (long)Math.Min(e.RepeatedNs, e.BootNs)));
        }

        json.WriteEndObject();
    }

    /// <summary>ns since 1970 as RFC 3339 with nine digits.</summary>
    internal static string Rfc3339(long timeNs)
    {
        var (seconds, ns) = Math.DivRem(timeNs, NsPerSecond);
        return DateTimeOffset.FromUnixTimeSeconds(seconds).ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture)
            + string.Create(CultureInfo.InvariantCulture, $".{ns:D9}Z");
    }

    private static string KindName(EventKind kind) => kind switch
    {
        EventKind.FileOpen => "file_open",
        _ => kind.ToString().ToLowerInvariant(),
    };

    private static void WriteCategories(Utf8JsonWriter json, EventCategory categories)
    {
        var names = HostTaxonomy.CategoryNames
            .Where(name => HostTaxonomy.TryGetCategory(name, out var c) && SingleCategories.Contains(c) && (categories & c) != 0)
            .ToArray();
        if (names.Length == 1)
        {
            json.WriteString("category", names[0]);
        }
        else if (names.Length > 1)
        {
            json.WriteStartArray("category");
            Array.ForEach(names, json.WriteStringValue);
            json.WriteEndArray();
        }
    }

    // By name, all that root has are 600 bytes.
    private static void WriteCapabilities(Utf8JsonWriter json, ulong capabilities)
    {
        if (capabilities != 0)
        {
            json.WriteString(Capabilities, CapabilityNames.MaskOf(capabilities));
        }
    }

    private static void WriteValue(Utf8JsonWriter json, string name, FieldValue value)
    {
        switch (value.Kind)
        {
            case FieldKind.Absent:
                break;
            case FieldKind.Number:
                json.WriteNumber(name, value.Number);
                break;
            case FieldKind.Boolean:
                json.WriteBoolean(name, value.IsTrue);
                break;
            default:
                WriteText(json, name, value.Text ?? "");
                break;
        }
    }

    /// <summary>JSON has no bytes: a name that is not UTF-8 is written readably, and beside it exactly, as base64 under <c>…Bytes</c>.</summary>
    private static void WriteText(Utf8JsonWriter json, string name, string text)
    {
        json.WriteString(name, text);
        if (text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF') && !IsUtf16(text))
        {
            var bytes = new byte[KernelString.GetMaxByteCount(text)];
            json.WriteBase64String(name + "Bytes", bytes.AsSpan(0, KernelString.GetBytes(text, bytes)));
        }
    }

    private static bool IsUtf16(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune == Rune.ReplacementChar)
            {
                return false;
            }
        }

        return true;
    }
}
