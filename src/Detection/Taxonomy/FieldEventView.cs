using Wire.Model;

namespace Detection.Taxonomy;

/// <summary>An event that is only named values. Made once and turned to one event after another; not thread-safe.</summary>
public sealed class FieldEventView : EventView
{
    private readonly List<FieldValue> _searchable = [];
    private FieldEvent? _event;
    private LogSource _source;
    private bool _collected;

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">Nothing was shown yet.</exception>
    public override HostEvent Event => Shown;

    /// <inheritdoc/>
    public override int RecordCount => 1 + Shown.FurtherSources.Count;

    /// <inheritdoc/>
    public override LogSource Source => _source;

    private FieldEvent Shown => _event ?? throw new InvalidOperationException("no event in view");

    /// <summary>Turns the view to <paramref name="e"/>.</summary>
    public void Show(FieldEvent e)
    {
        _event = e;
        _source = e.Source;
        _collected = false;
    }

    /// <inheritdoc/>
    public override void ShowRecord(int index) => _source = index == 0 ? Shown.Source : Shown.FurtherSources[index - 1];

    /// <inheritdoc/>
    public override FieldValue Get(Field field) => Shown.Fields.TryGetValue(field.Name, out var value) ? value
        : field.Source == HostField.HostId ? FieldValue.KnownText(Shown.Host.HostId)
        : default;

    /// <inheritdoc/>
    public override bool TryGetSearchable(int index, out FieldValue value)
    {
        if (!_collected)
        {
            Collect();
        }

        value = index < _searchable.Count ? _searchable[index] : default;
        return index < _searchable.Count;
    }

    private void Collect()
    {
        _searchable.Clear();
        foreach (var (name, value) in Shown.Fields)
        {
            if (FieldEventHead.IsOfHead(name))
            {
                continue;
            }

            if (value.Kind == FieldKind.List)
            {
                _searchable.AddRange(value.Items);
            }
            else
            {
                _searchable.Add(value);
            }
        }

        _collected = true;
    }
}
