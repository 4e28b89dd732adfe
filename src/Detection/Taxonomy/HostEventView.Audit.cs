using Wire.Model;

namespace Detection.Taxonomy;

/// <content>The fields under the names of the audit daemon: only what the event says, for the audit daemon writes more.</content>
public sealed partial class HostEventView
{
    private FieldValue ReadAudit(HostEvent e, HostRecords kind, HostField field, int ordinal)
    {
        if (field == HostField.AuditType)
        {
            return Record.AuditType;
        }

        // The bits of one kind of record: at most one of these holds.
        return (kind & HostRecords.AuditExecve) != 0 ? ReadAuditExecve(e.Process, field, ordinal)
            : (kind & HostRecords.AuditSyscall) != 0 ? ReadAuditSyscall(e, field)
            : ReadAuditPath(e, kind, field);
    }

    private static FieldValue ReadAuditExecve(ProcessNode process, HostField field, int ordinal) => field switch
    {
        HostField.AuditArgument => ordinal < process.Arguments.Count ? FieldValue.Of(process.Arguments[ordinal]) : default,
        HostField.AuditArgumentCount => process.ArgumentsTruncated || process.Arguments.Count == 0 ? default : FieldValue.Of(process.Arguments.Count),
        _ => default,
    };

    private static FieldValue ReadAuditSyscall(HostEvent e, HostField field) => field switch
    {
        HostField.AuditSyscall or HostField.AuditSyscallInterpreted => SyscallName(e.Kind),

        // A connect is seen when it begins, and may fail.
        HostField.AuditSuccess => e is ExecEvent or FileOpenEvent ? FieldValue.Of("yes") : default,
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

    private static FieldValue SyscallName(EventKind kind) => kind switch
    {
        EventKind.Exec => FieldValue.Of("execve"),
        EventKind.FileOpen => FieldValue.Of("openat"),
        EventKind.Connect => FieldValue.Of("connect"),

        // sendto, sendmsg or sendmmsg: not told apart.
        _ => default,
    };

    private FieldValue ReadAuditPath(HostEvent e, HostRecords kind, HostField field)
    {
        var asked = (kind & HostRecords.AuditAsked) != 0;
        return field switch
        {
            HostField.AuditName => FieldValue.KnownText(asked ? _asked : _path),
            HostField.AuditNameType => FieldValue.Of(e is FileOpenEvent open && HostTaxonomy.IsCreation(open.OpenFlags) ? "CREATE" : "NORMAL"),

            // The file that was reached; what a script was asked as is another one.
            HostField.AuditInode when !asked => ReadFile(FileOf(e), default, "", HostField.Inode),
            _ => default,
        };
    }

    private static FileIdentity FileOf(HostEvent e) => e switch
    {
        FileOpenEvent open => open.File,
        ExecEvent exec => exec.File,
        _ => default,
    };
}
