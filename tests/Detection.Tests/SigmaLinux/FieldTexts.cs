using Detection.Matching;

namespace Detection.Tests.SigmaLinux;

/// <summary>Texts of fields that fulfil all needs of one way.</summary>
/// <param name="needs">The needs.</param>
/// <param name="filler">Stands before what may begin with anything.</param>
/// <param name="glue">Stands between the parts.</param>
internal sealed class FieldTexts(IReadOnlyList<Need> needs, string filler, string glue)
{
    /// <summary>The text of a field; null when nothing is asked of it or no text can do.</summary>
    public string? Of(string field, string? otherwise = null)
    {
        var own = needs.Where(need => need.Field == field).ToList();
        if (own.Count == 0)
        {
            return otherwise;
        }

        if (own.FirstOrDefault(need => need.Place == PatternPlace.Whole) is { } whole)
        {
            return whole.Text;
        }

        var start = own.Where(need => need.Place == PatternPlace.Start).Select(need => need.Text).MaxBy(text => text.Length) ?? filler;
        var middle = own.Where(need => need.Place == PatternPlace.Anywhere).Select(need => need.Text);
        var end = own.Where(need => need.Place == PatternPlace.End).Select(need => need.Text).MaxBy(text => text.Length) ?? "";
        return string.Join(glue, ((string[])[start, .. middle, end]).Where(part => part.Length > 0));
    }

    /// <summary>The keywords, as one text; null without any.</summary>
    public string? Keywords => needs.Any(need => need.Field.Length == 0)
        ? string.Join(' ', needs.Where(need => need.Field.Length == 0).Select(need => need.Text))
        : null;

    /// <summary>A number.</summary>
    public uint Number(string field, uint otherwise) => uint.TryParse(Of(field), out var number) ? number : otherwise;

    /// <summary>The arguments <c>a0</c>, <c>a1</c> … with something of no meaning in the gaps; empty when nothing is asked of any.</summary>
    public List<string> Arguments()
    {
        var asked = needs.Where(need => need.Field.Length > 1 && need.Field[0] == 'a' && need.Field.AsSpan(1).ContainsAnyExceptInRange('0', '9') == false)
            .Select(need => int.Parse(need.Field.AsSpan(1), System.Globalization.CultureInfo.InvariantCulture)).ToHashSet();
        return [.. Enumerable.Range(0, asked.Count == 0 ? 0 : asked.Max() + 1).Select(i => Of($"a{i}") ?? "gap")];
    }
}
