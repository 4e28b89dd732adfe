namespace Detection.Taxonomy;

/// <summary>The fields of one pack, each once. Grows while the pack is loaded; not thread-safe.</summary>
internal sealed class FieldTable
{
    private readonly Dictionary<string, Field> _byName = [];
    private readonly List<Field> _fields = [];

    /// <summary>All fields, by <see cref="Field.Index"/>.</summary>
    public IReadOnlyList<Field> Fields => _fields;

    /// <summary>The field of exactly that name.</summary>
    public Field Get(string name)
    {
        if (!_byName.TryGetValue(name, out var field))
        {
            field = new Field(name, HostFieldFacts.Find(name, out var ordinal), _fields.Count, ordinal);
            _byName.Add(name, field);
            _fields.Add(field);
        }

        return field;
    }
}
