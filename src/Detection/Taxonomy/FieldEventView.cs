using Wire.Model;

namespace Detection.Taxonomy;

/// <summary>tmp</summary>
public sealed class FieldEventView : EventView
{
    private FieldEvent? _event;
    /// <inheritdoc/>
    public override HostEvent Event => _event!;
    /// <inheritdoc/>
    public override int RecordCount => 1;
    /// <inheritdoc/>
    public override LogSource Source => _event!.Source;
    /// <summary>x</summary>
    public void Show(FieldEvent e) => _event = e;
    /// <inheritdoc/>
    public override void ShowRecord(int index) { }
    /// <inheritdoc/>
    public override FieldValue Get(Field field) => _event!.Fields.TryGetValue(field.Name, out var v) ? v : default;
    /// <inheritdoc/>
    public override bool TryGetSearchable(int index, out FieldValue value) { value = default; return false; }
}
