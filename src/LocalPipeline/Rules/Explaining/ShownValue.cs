using Detection.Taxonomy;
using Wire.Text;

namespace LocalPipeline.Rules.Explaining;

/// <summary>An event's value, fit for a terminal: escaped and cut.</summary>
internal static class ShownValue
{
    private const int Longest = 120;
    private const int MostItems = 4;

    internal static string Of(FieldValue value)
    {
        switch (value.Kind)
        {
            case FieldKind.Absent:
                return "nothing: the record has no such field";
            case FieldKind.Null:
                return "null";
            case FieldKind.List:
                var shown = new List<string>();
                foreach (var item in value.Items[..Math.Min(MostItems, value.Items.Length)])
                {
                    shown.Add(Of(item));
                }

                return $"[{string.Join(", ", shown)}{(value.Items.Length > MostItems ? $", {value.Items.Length - MostItems} more" : "")}]";
            case FieldKind.Text:
                return $"\"{Cut(value.Text!)}\"";
            default:
                return Cut(value.Text!);
        }
    }

    /// <summary>Escapes a text, and cuts one that is too long for a line.</summary>
    internal static string Cut(string text) => CutSafe(text, SafeText.Escape(text));

    /// <summary>
    /// The same for what a rule says: backslashes stay single, so that a pattern can be compared with the file. A control character is
    /// still harmless, if not told from the same escape written out.
    /// </summary>
    internal static string CutAsWritten(string text) => CutSafe(text, string.Join('\\', text.Split('\\').Select(SafeText.Escape)));

    private static string CutSafe(string text, string safe) => safe.Length <= Longest ? safe : $"{safe[..Longest]}… ({text.Length} characters)";
}
