using Wire.Model;

namespace Detection.Taxonomy;

/// <content>The fields under the names of the audit daemon: only what the event says, for the audit daemon writes more.</content>
public sealed partial class HostEventView
{
    private FieldValue ReadAudit(HostEvent e, HostRecords kind, HostField field, int ordinal)
    {
        if (field == HostField.AuditArgument)
        {
            return ordinal < _argumentCount && kind == HostRecords.AuditExecve ? FieldValue.Of(e.Process.Arguments[ordinal]) : default;
        }

        if (field == HostField.AuditType)
        {
            return Record.AuditType;
        }

        // The bits of one kind of record: at most one of these holds.
        return (kind & HostRecords.AuditExecve) != 0 ? ReadAuditExecve(e.Process, field)
            : (kind & HostRecords.AuditSyscall) != 0 ? ReadAuditSyscall(e, field)
            : ReadAuditPath(e, kind, field);
    }

    private static FieldValue ReadAuditExecve(ProcessNode process, HostField field) => field switch
    {
        HostField.AuditArgumentCount => process.ArgumentsTruncated || process.Arguments.Count == 0 ? default : FieldValue.Of(process.Arguments.Count),
        _ => default,
    };

    private FieldValue ReadAuditSyscall(HostEvent e, HostField field) => field switch
    {
        // sendto, sendmsg and sendmmsg are not told apart.
        HostField.AuditSyscall or HostField.AuditSyscallInterpreted => e switch
        {
            CallEvent call => FieldValue.KnownText(CallNames.Of(call.Call)),
            { Kind: EventKind.Connect } => FieldValue.Of("connect"),
            _ => Record.ConstantOf(field),
        },
        HostField.AuditSuccess => e is CallEvent call ? FieldValue.Of(call.Error == 0 ? "yes" : "no") : Record.ConstantOf(field),
        HostField.AuditExit => e switch
        {
            CallEvent { Error: not 0 } call => FieldValue.Of(-call.Error),
            FileOpenEvent { Error: not 0 } open => FieldValue.Of(-open.Error),
            _ => default,
        },
        HostField.AuditExe => FieldValue.KnownText(e.Process.Image),
        HostField.AuditComm => FieldValue.KnownText(e.Process.Comm),
        HostField.AuditPid => KnownNumber(e.Process.Key.Pid, 0),
        HostField.AuditParentPid => KnownNumber(e.Process.Parent?.Key.Pid ?? 0, 0),

        // Written also when unset, as 4294967295.
        HostField.AuditLoginUid => FieldValue.Of(e.Credentials.LoginUid),
        HostField.AuditSessionId => FieldValue.Of(e.Credentials.AuditSession),
        HostField.AuditUid => FieldValue.Of(e.Credentials.Uid),
        HostField.AuditEuid => FieldValue.Of(e.Credentials.Euid),
        HostField.AuditGid => FieldValue.Of(e.Credentials.Gid),
        HostField.AuditEgid => FieldValue.Of(e.Credentials.Egid),

        // Known as it was at exec, so it is only the call's own directory when the call is that exec.
        HostField.AuditDirectory => e is ExecEvent ? FieldValue.KnownText(e.Process.CurrentDirectory) : default,
        _ => default,
    };

    private FieldValue ReadAuditPath(HostEvent e, HostRecords kind, HostField field)
    {
        var asked = (kind & HostRecords.AuditAsked) != 0;
        var isOther = (kind & HostRecords.AuditOtherPath) != 0;
        return field switch
        {
            HostField.AuditName => FieldValue.KnownText(asked ? _asked : isOther ? ((CallEvent)e).OtherPath : _path),
            HostField.AuditNameType => isOther ? Record.ConstantOf(field) : FieldValue.Of(NameTypeOf(e)),

            // The file that was reached; what a script was asked as is another one.
            HostField.AuditInode when (kind & HostRecords.AuditFile) != 0 => ReadFile(FileOf(e), default, "", HostField.Inode),
            _ => default,
        };
    }

    private static string NameTypeOf(HostEvent e) => e switch
    {
        FileOpenEvent { Error: not 0 } => "UNKNOWN",
        FileOpenEvent open when HostTaxonomy.IsCreation(open.OpenFlags) => "CREATE",
        CallEvent { Call: CallKind.Rename or CallKind.Link or CallKind.Symlink } => "CREATE",
        CallEvent { Call: CallKind.Unlink } => "DELETE",
        _ => "NORMAL",
    };

    private static FileIdentity FileOf(HostEvent e) => e switch
    {
        FileOpenEvent open => open.File,
        ExecEvent exec => exec.File,
        CallEvent call => call.File,
        _ => default,
    };
}
