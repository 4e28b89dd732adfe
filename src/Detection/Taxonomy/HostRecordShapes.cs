using Wire.Model;

namespace Detection.Taxonomy;

/// <summary>Which records the events of each kind present, in order. Made once, so that showing an event makes nothing. Thread-safe.</summary>
internal static class HostRecordShapes
{
    /// <summary>Records of an event, at most.</summary>
    public const int MaxRecords = 5;

    private const int Asked = 4;

    // Of calls.
    private const int Named = 1;
    private const int Renamed = 2;
    private const int Linked = 4;

    // What a record is about itself, each text once: neither its parents nor the host, which would answer for every event of theirs.
    private static readonly HostField[] ExecTexts =
        [HostField.Image, HostField.CommandLine, HostField.AskedPath, HostField.Interpreter, HostField.CurrentDirectory, HostField.User];

    private static readonly HostField[] OpenTexts = [HostField.TargetFilename, HostField.AskedPath, HostField.Image, HostField.User];
    private static readonly HostField[] CallTexts =
        [HostField.Call, HostField.TargetFilename, HostField.SourceFilename, HostField.Image, HostField.User];

    private static readonly HostField[] NetworkTexts = [HostField.DestinationIp, HostField.Image, HostField.User];
    private static readonly HostField[] PlainTexts = [HostField.Image, HostField.User];

    // argv as one text: a phrase of a rule may run over several arguments, as it does in the daemon's line.
    private static readonly HostField[] ExecveTexts = [HostField.AuditType, HostField.CommandLine];
    private static readonly HostField[] SyscallTexts = [HostField.AuditType, HostField.AuditSyscall, HostField.AuditExe, HostField.AuditComm];
    private static readonly HostField[] PathTexts = [HostField.AuditType, HostField.AuditName, HostField.AuditNameType];

    private static readonly HostRecord[] Exec =
    [
        Native(HostRecords.ProcessCreation, ExecTexts), Audit(HostRecords.AuditExecve, ExecveTexts),
        Audit(HostRecords.AuditExecSyscall, SyscallTexts), Audit(HostRecords.AuditExecPath, PathTexts),
    ];

    private static readonly HostRecord[] ExecAsked = [.. Exec, Audit(HostRecords.AuditExecAskedPath, PathTexts)];
    private static readonly HostRecord[] Exit = [Native(HostRecords.ProcessTermination, PlainTexts)];
    private static readonly HostRecord[] Network =
        [Native(HostRecords.NetworkConnection, NetworkTexts), Audit(HostRecords.AuditConnectSyscall, SyscallTexts)];

    private static readonly HostRecord[] OpenFailed =
    [
        Native(HostRecords.FileAccessFailed, OpenTexts), Audit(HostRecords.AuditFailedOpenSyscall, SyscallTexts),
        Audit(HostRecords.AuditOpenPath, PathTexts),
    ];

    private static readonly HostRecord[][] Call = CallsWith(HostRecords.None);
    private static readonly HostRecord[][] Made = CallsWith(HostRecords.FileEvent);
    private static readonly HostRecord[][] Moved = CallsWith(HostRecords.FileRename);
    private static readonly HostRecord[][] Deleted = CallsWith(HostRecords.FileDelete);
    private static readonly HostRecord[][] Changed = CallsWith(HostRecords.FileChange);
    private static readonly HostRecord[] Other = [Native(HostRecords.Plain, PlainTexts)];
    private static readonly HostRecord[][] Opens = [Open(0), Open(1), Open(2), Open(3), Open(4), Open(5), Open(6), Open(7)];

    /// <summary>Every record that any event presents, each once.</summary>
    public static IReadOnlyList<HostRecord> All { get; } =
        [.. ExecAsked.Concat(Exit).Concat(Network).Concat(Other).Concat(OpenFailed)
            .Concat(new[] { Opens, Call, Made, Moved, Deleted, Changed }.SelectMany(shapes => shapes).SelectMany(shape => shape))
            .DistinctBy(record => record.Kind)];

    /// <summary>The sources of all records, each once.</summary>
    public static IReadOnlyList<LogSource> Sources { get; } = [.. All.Select(record => record.Source).Distinct()];

    /// <summary>The records of an event.</summary>
    /// <param name="e">The event.</param>
    /// <param name="asked">True when the name that was asked for is an absolute one and not the file's path.</param>
    public static HostRecord[] Of(HostEvent e, bool asked) => e switch
    {
        ExecEvent => asked ? ExecAsked : Exec,
        FileOpenEvent { Error: not 0 } => OpenFailed,
        FileOpenEvent open => Opens[(IsRead(open) ? 1 : 0) | (IsMade(open) ? 2 : 0) | (asked ? Asked : 0)],
        NetworkEvent => Network,
        CallEvent call => OfCall(HostTaxonomy.CategoriesOf(call))[NamesOf(call)],
        ExitEvent => Exit,
        _ => Other,
    };

    private static HostRecord[][] OfCall(EventCategory categories) => (categories & ~EventCategory.SystemCall) switch
    {
        EventCategory.FileRename => Moved,
        EventCategory.FileEvent => Made,
        EventCategory.FileDelete => Deleted,
        EventCategory.FileChange => Changed,
        _ => Call,
    };

    // Names that lead somewhere: neither that of a file in memory nor the text of a symbolic link. The audit daemon writes a PATH of each.
    private static int NamesOf(CallEvent e) =>
        (e.Path.Length > 0 && e.Call != CallKind.MemfdCreate ? Named : 0)
        | (e.OtherPath.Length == 0 ? 0 : e.Call == CallKind.Rename ? Renamed : e.Call == CallKind.Link ? Linked : 0);

    private static HostRecord[][] CallsWith(HostRecords file) =>
    [
        CallWith(file, 0), CallWith(file, Named), CallWith(file, Renamed), CallWith(file, Named | Renamed), CallWith(file, Linked),
        CallWith(file, Named | Linked),
    ];

    private static HostRecord[] CallWith(HostRecords file, int names)
    {
        var records = new List<HostRecord>();
        if (file != HostRecords.None)
        {
            records.Add(Native(file, CallTexts));
        }

        records.Add(Native(HostRecords.SystemCall, CallTexts));
        records.Add(Audit(HostRecords.AuditCallSyscall, SyscallTexts));
        if ((names & Named) != 0)
        {
            records.Add(Audit(HostRecords.AuditCallPath, PathTexts));
        }

        if ((names & (Renamed | Linked)) != 0)
        {
            records.Add(Audit((names & Renamed) != 0 ? HostRecords.AuditRenamedPath : HostRecords.AuditLinkedPath, PathTexts));
        }

        return [.. records];
    }

    private static bool IsRead(FileOpenEvent e) => (HostTaxonomy.CategoriesOf(e) & EventCategory.FileAccess) != 0;

    private static bool IsMade(FileOpenEvent e) => (HostTaxonomy.CategoriesOf(e) & EventCategory.FileEvent) != 0;

    private static HostRecord[] Open(int bits)
    {
        var records = new List<HostRecord>();
        if ((bits & 1) != 0)
        {
            records.Add(Native(HostRecords.FileAccess, OpenTexts));
        }

        if ((bits & 2) != 0)
        {
            records.Add(Native(HostRecords.FileEvent, OpenTexts));
        }

        if (records.Count == 0)
        {
            records.Add(Native(HostRecords.Plain, OpenTexts));
        }

        records.Add(Audit(HostRecords.AuditOpenSyscall, SyscallTexts));
        records.Add(Audit(HostRecords.AuditOpenPath, PathTexts));
        if ((bits & Asked) != 0)
        {
            records.Add(Audit(HostRecords.AuditOpenAskedPath, PathTexts));
        }

        return [.. records];
    }

    private static HostRecord Native(HostRecords kind, HostField[] searchable)
    {
        var category = kind switch
        {
            HostRecords.ProcessCreation => EventCategory.ProcessCreation,
            HostRecords.ProcessTermination => EventCategory.ProcessTermination,
            HostRecords.FileAccess => EventCategory.FileAccess,
            HostRecords.FileEvent => EventCategory.FileEvent,
            HostRecords.NetworkConnection => EventCategory.NetworkConnection,
            HostRecords.FileAccessFailed => EventCategory.FileAccessFailed,
            HostRecords.FileRename => EventCategory.FileRename,
            HostRecords.FileDelete => EventCategory.FileDelete,
            HostRecords.FileChange => EventCategory.FileChange,
            HostRecords.SystemCall => EventCategory.SystemCall,
            _ => EventCategory.None,
        };
        return new HostRecord(kind, category, HostTaxonomy.SourceOf(category), searchable);
    }

    private static HostRecord Audit(HostRecords kind, HostField[] searchable) => new(kind, EventCategory.None, HostTaxonomy.Auditd, searchable);
}
