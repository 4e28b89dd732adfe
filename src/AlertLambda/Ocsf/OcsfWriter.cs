using System.Text.Encodings.Web;
using System.Text.Json;
using AlertLambda.Alerts;
using Wire.Text;

namespace AlertLambda.Ocsf;

/// <summary>
/// Writes texts that an attacker may have chosen into JSON: always valid UTF-8, cut visibly, and what is not UTF-8 kept beside as bytes.
/// </summary>
/// <remarks>Not thread-safe. One for each record.</remarks>
/// <param name="json">Where to. With <see cref="Options"/> only ASCII leaves.</param>
/// <param name="maxLength">Greatest length of a text, UTF-16 units.</param>
internal sealed class OcsfWriter(Utf8JsonWriter json, int maxLength)
{
    private const int MostRaw = 16;

    private readonly List<(string Name, byte[] Bytes)> _raw = [];

    /// <summary>Control characters, bidirectional overrides and the like are escaped as \uNNNN: harmless on a terminal, and the same text to a parser.</summary>
    internal static JsonWriterOptions Options { get; } = new() { Encoder = JavaScriptEncoder.Default };

    /// <summary>The JSON, for numbers and for texts of ours.</summary>
    internal Utf8JsonWriter Json => json;

    /// <summary>A text, or nothing when it is empty.</summary>
    /// <param name="name">Attribute.</param>
    /// <param name="raw">May hold lone surrogates (<see cref="KernelString"/>).</param>
    /// <param name="limit">A shorter bound than the record's.</param>
    internal void Text(string name, string raw, int limit = int.MaxValue)
    {
        if (raw.Length > 0)
        {
            json.WriteString(name, Valid(name, raw, Math.Min(limit, maxLength)));
        }
    }

    /// <summary>A text of an array.</summary>
    /// <param name="name">The array's attribute.</param>
    /// <param name="raw">As with <see cref="Text"/>.</param>
    internal void Value(string name, string raw) => json.WriteStringValue(Valid(name, raw, maxLength));

    /// <summary>An array of texts, or nothing when there are none.</summary>
    /// <param name="name">Attribute.</param>
    /// <param name="texts">The first <paramref name="most"/> are written.</param>
    /// <param name="most">Bound.</param>
    internal void Texts(string name, IEnumerable<string> texts, int most)
    {
        var shown = texts.Take(most).ToList();
        if (shown.Count > 0)
        {
            json.WriteStartArray(name);
            shown.ForEach(text => Value(name, text));
            json.WriteEndArray();
        }
    }

    /// <summary>
    /// <c>raw_bytes</c>, of an open object: the texts written so far that are not UTF-8, by attribute, in their order; in the text each such byte is U+FFFD.
    /// </summary>
    internal void RawBytes()
    {
        if (_raw.Count == 0)
        {
            return;
        }

        json.WriteStartArray("raw_bytes");
        foreach (var (name, bytes) in _raw)
        {
            json.WriteStartObject();
            json.WriteString("name", name);
            json.WriteBase64String("data", bytes);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private string Valid(string name, string raw, int limit)
    {
        var (text, leftOut) = raw.Length <= limit ? (raw, 0) : TextCut.Escape(raw, limit, rune => rune);
        if (text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF'))
        {
            var valid = TextCut.Escape(text, int.MaxValue, rune => char.IsSurrogate(rune[0]) && rune.Length == 1 ? "\uFFFD" : rune).Text;
            if (valid != text)
            {
                Remember(name, text);
                text = valid;
            }
        }

        return text + TextCut.Mark(leftOut);
    }

    private void Remember(string name, string text)
    {
        var bytes = new byte[KernelString.GetMaxByteCount(text)];
        var exact = bytes[..KernelString.GetBytes(text, bytes)];
        if (_raw.Count < MostRaw && !_raw.Exists(known => known.Name == name && known.Bytes.AsSpan().SequenceEqual(exact)))
        {
            _raw.Add((name, exact));
        }
    }
}
