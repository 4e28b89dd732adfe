using Detection.Taxonomy;
using Support;
using Wire.Model;

namespace Detection.Tests.Routing;

/// <summary>An event of any records.</summary>
internal sealed class RecordsView(params (LogSource Source, FieldsOnly Fields)[] records) : EventView
{
    private int _record;

    public override HostEvent Event { get; } = Some.Exec();

    public override int RecordCount => records.Length;

    public override LogSource Source => records[_record].Source;

    /// <summary>Number of the record in view.</summary>
    public int Record => _record;

    public override void ShowRecord(int index) => _record = index;

    public override FieldValue Get(Field field) => records[_record].Fields.Get(field);

    public override bool TryGetSearchable(int index, out FieldValue value) => records[_record].Fields.TryGetSearchable(index, out value);

    /// <summary>For messages.</summary>
    public override string ToString() => string.Join('\n', records.Select(record =>
        $"{record.Source}: {string.Join(", ", record.Fields.Select(entry => $"{entry.Key} = {Show(entry.Value)}"))}"));

    private static string Show(FieldValue value) =>
        value.Kind == FieldKind.List ? $"[{string.Join(" | ", value.Items.ToArray().Select(Show))}]" : $"{value.Kind} '{value.Text}'";
}
