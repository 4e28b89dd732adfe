using Detection.Taxonomy;

namespace Detection.Tests;

/// <summary>An event that is only named values, as one that comes as JSON would be.</summary>
internal sealed class FieldsOnly : Dictionary<string, FieldValue>, IEventView
{
    public FieldValue Get(Field field) => TryGetValue(field.Name, out var value) ? value : default;

    public bool TryGetSearchable(int index, out FieldValue value)
    {
        value = default;
        foreach (var one in Values)
        {
            if (index-- == 0)
            {
                value = one;
                return true;
            }
        }

        return false;
    }

    /// <summary>An event with one text.</summary>
    public static FieldsOnly With(string name, string value) => new() { [name] = FieldValue.Of(value) };

    /// <summary>An event with one value.</summary>
    public static FieldsOnly With(string name, FieldValue value) => new() { [name] = value };
}
