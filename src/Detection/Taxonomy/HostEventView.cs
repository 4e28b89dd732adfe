using System.Net;
using Wire.Model;
using Wire.Text;

namespace Detection.Taxonomy;

/// <summary>
/// An event of our sensor: a record of each of its categories, and those that the audit daemon would have written of it. Made once and
/// turned to one event after another, without allocating; not thread-safe.
/// </summary>
/// <remarks>A record of the audit daemon holds its own fields and, under their names, all that the event's other records hold.</remarks>
public sealed partial class HostEventView : EventView
{
    private readonly CommandLineBuffer _commandLine = new();
    private readonly CommandLineBuffer _parentCommandLine = new();
    private readonly LatestText<uint> _terminals = new(TerminalNames.Of);
    private readonly LatestText<ulong> _capabilities = new(CapabilityNames.Of);
    private HostRecord[] _records = [];
    private HostRecord? _record;
    private HostEvent? _event;
    private string _path = "";
    private string _asked = "";
    private bool _askedOther;
    private int _argumentCount;
    private IPAddress? _mapped;
    private IPAddress? _unmapped;

    /// <summary>The event now in view.</summary>
    /// <exception cref="InvalidOperationException">Nothing was shown yet.</exception>
    public override HostEvent Event => _event ?? throw NothingInView();

    /// <inheritdoc/>
    public override int RecordCount => _records.Length;

    /// <inheritdoc/>
    public override LogSource Source => Record.Source;

    /// <summary>What is known of the records of every event like the one in view: one and the same list for all of them.</summary>
    internal HostRecord[] Shapes => _records;

    /// <summary>How many arguments an exec has; else 0.</summary>
    internal int ArgumentCount => _argumentCount;

    private HostRecord Record => _record ?? throw NothingInView();

    /// <summary>Turns the view to <paramref name="e"/>.</summary>
    public void Show(HostEvent e)
    {
        _event = e;
        (_path, _asked) = e switch
        {
            FileOpenEvent open => (open.Path, open.AskedPath),
            ExecEvent exec => (exec.Process.Image, exec.AskedPath),
            CallEvent call => (call.Path, ""),
            _ => ("", ""),
        };
        _argumentCount = e is ExecEvent ? e.Process.Arguments.Count : 0;
        _askedOther = _asked.Length > 0 && _asked != _path;
        _records = HostRecordShapes.Of(e, _askedOther && _asked[0] == '/' && IsWhole(e));
        _record = _records[0];
    }

    /// <inheritdoc/>
    public override void ShowRecord(int index) => _record = _records[index];

    /// <inheritdoc/>
    public override FieldValue Get(Field field) => Read(field.Source, field.Ordinal);

    /// <inheritdoc/>
    public override bool TryGetSearchable(int index, out FieldValue value)
    {
        var fields = Record.Searchable;
        if (index >= fields.Length)
        {
            value = default;
            return false;
        }

        // The same text twice would only be searched twice.
        value = fields[index] == HostField.AskedPath && !_askedOther ? default : Read(fields[index], 0);
        return true;
    }

    /// <summary>What the record in view holds.</summary>
    /// <param name="field">Any that is not <see cref="HostField.Unknown"/>.</param>
    /// <param name="ordinal">Number of the argument of an exec, else 0.</param>
    internal FieldValue Read(HostField field, int ordinal) =>
        !HostFieldFacts.IsAudit(field) ? ReadNative(Event, field) : Record.IsAudit ? ReadAudit(Event, Record.Kind, field, ordinal) : default;

    private static InvalidOperationException NothingInView() => new("no event in view");

    private static bool IsWhole(HostEvent e) =>
        ((e is FileOpenEvent open ? open.PathFlags : ((ExecEvent)e).PathFlags) & (PathFlags.AskedTruncated | PathFlags.AskedUnreadable)) == 0;

    private static FieldValue KnownNumber(uint number, uint unknown) => number == unknown ? default : FieldValue.Of(number);
}
