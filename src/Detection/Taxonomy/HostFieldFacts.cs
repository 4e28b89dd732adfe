using System.Globalization;

namespace Detection.Taxonomy;

/// <summary>Name, type and place of every field of our events. Thread-safe.</summary>
internal static class HostFieldFacts
{
    private const HostRecords File = HostRecords.OfExec | HostRecords.OfOpen;
    private const HostRecords OfAnyCall = HostRecords.SystemCall | HostRecords.AuditCall;

    // By number of the field. A native field has the name of its member; to ask the type for it takes a cold process milliseconds.
    private static readonly string[] NativeNames =
    [
        nameof(HostField.Image), nameof(HostField.CommandLine), nameof(HostField.CurrentDirectory), nameof(HostField.User),
        nameof(HostField.ParentImage), nameof(HostField.ParentCommandLine), nameof(HostField.ParentUser), nameof(HostField.ProcessId),
        nameof(HostField.ParentProcessId), nameof(HostField.Comm), nameof(HostField.ParentComm), nameof(HostField.Uid),
        nameof(HostField.Euid), nameof(HostField.Gid), nameof(HostField.Egid), nameof(HostField.EffectiveUser), nameof(HostField.LoginUid),
        nameof(HostField.LogonId), nameof(HostField.LoginUser), nameof(HostField.AuditSession), nameof(HostField.OriginAbi),
        nameof(HostField.CgroupId), nameof(HostField.ContainerId), nameof(HostField.Tty), nameof(HostField.Capabilities),
        nameof(HostField.MountNamespace), nameof(HostField.PidNamespace), nameof(HostField.NetworkNamespace), nameof(HostField.UserNamespace),
        nameof(HostField.HostId), nameof(HostField.HostName),
        nameof(HostField.AccountId), nameof(HostField.Region), nameof(HostField.InstanceId), nameof(HostField.Sensitive),
        nameof(HostField.Repeated),
        nameof(HostField.AskedPath), nameof(HostField.InodeAlias), nameof(HostField.Deleted), nameof(HostField.Inode),
        nameof(HostField.LinkCount), nameof(HostField.Interpreter), nameof(HostField.CallerComm), nameof(HostField.ArgumentsTruncated),
        nameof(HostField.TargetFilename), nameof(HostField.OpenFlags), nameof(HostField.ForWriting), nameof(HostField.DestinationIp),
        nameof(HostField.DestinationPort), nameof(HostField.DestinationIsIpv6), nameof(HostField.Initiated), nameof(HostField.Protocol),
        nameof(HostField.External), nameof(HostField.ExitCode), nameof(HostField.Call), nameof(HostField.SourceFilename), nameof(HostField.Error),
        nameof(HostField.Unverified), nameof(HostField.Mode), nameof(HostField.SetsId), nameof(HostField.NewUid),
        nameof(HostField.TargetProcessId), nameof(HostField.SocketKind),
    ];

    // By number of the field, and no dictionaries: those of an own type cost a process milliseconds when it starts.
    private static readonly HostFieldFact[] Facts = DescribeAll();
    private static readonly string[] Names = Array.ConvertAll(Facts, fact => fact.Name);

    /// <summary>All facts, in a dictionary of the caller's own.</summary>
    public static IReadOnlyDictionary<HostField, HostFieldFact> All => Enum.GetValues<HostField>().Skip(1).ToDictionary(one => one, Of);

    /// <summary>The fact of a field that is not <see cref="HostField.Unknown"/>.</summary>
    public static HostFieldFact Of(HostField field) => Facts[(int)field - 1];

    /// <summary>True for fields that only records of the audit daemon have.</summary>
    public static bool IsAudit(HostField field) => field >= HostField.AuditType;

    /// <summary>The field of exactly that name; <see cref="HostField.Unknown"/> when our events never have it.</summary>
    /// <param name="name">The name; case matters.</param>
    /// <param name="ordinal">Number of the argument of an exec, else 0.</param>
    public static HostField Find(string name, out int ordinal)
    {
        ordinal = 0;
        if (Array.IndexOf(Names, name) is var i and >= 0 && (HostField)(i + 1) is var field and not HostField.AuditArgument)
        {
            return field;
        }

        // As the audit daemon writes it: a0, a1 … without leading zeros.
        return name.Length is > 1 and < 8 && name[0] == 'a' && (name[1] != '0' || name.Length == 2)
            && int.TryParse(name.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out ordinal)
                ? HostField.AuditArgument
                : HostField.Unknown;
    }

    private static HostFieldFact[] DescribeAll()
    {
        // The last of them: to ask the type for its names takes a cold process milliseconds.
        var facts = new HostFieldFact[(int)HostField.AuditInode];
        for (var i = 0; i < facts.Length; i++)
        {
            facts[i] = Describe((HostField)(i + 1));
        }

        return facts;
    }

    private static HostFieldFact Describe(HostField field) => field switch
    {
        HostField.AuditType => Text("type", HostRecords.Audit),
        HostField.AuditArgumentCount => Number("argc", HostRecords.AuditExecve),
        HostField.AuditArgument => Text("a", HostRecords.AuditExecve),
        HostField.AuditSyscall => Text("SYSCALL", HostRecords.AuditSyscall),
        HostField.AuditSyscallInterpreted => Text("syscall", HostRecords.AuditSyscall),
        HostField.AuditSuccess => Text("success", HostRecords.AuditSyscall & ~HostRecords.AuditConnectSyscall),
        HostField.AuditExit => Number("exit", HostRecords.AuditFailedOpenSyscall | HostRecords.AuditCallSyscall),
        HostField.AuditExe => Text("exe", HostRecords.AuditSyscall),
        HostField.AuditComm => Text("comm", HostRecords.AuditSyscall),
        HostField.AuditPid => Number("pid", HostRecords.AuditSyscall),
        HostField.AuditParentPid => Number("ppid", HostRecords.AuditSyscall),
        HostField.AuditLoginUid => Number("auid", HostRecords.AuditSyscall),
        HostField.AuditSessionId => Number("ses", HostRecords.AuditSyscall),
        HostField.AuditUid => Number("uid", HostRecords.AuditSyscall),
        HostField.AuditEuid => Number("euid", HostRecords.AuditSyscall),
        HostField.AuditGid => Number("gid", HostRecords.AuditSyscall),
        HostField.AuditEgid => Number("egid", HostRecords.AuditSyscall),
        HostField.AuditDirectory => Text("cwd", HostRecords.AuditExecSyscall),
        HostField.AuditName => Text("name", HostRecords.AuditPath),
        HostField.AuditNameType => Text("nametype", HostRecords.AuditPath),
        HostField.AuditInode => Number("inode", HostRecords.AuditFile),
        _ => new HostFieldFact(NativeNames[(int)field - 1], NativeType(field), NativeRecords(field)),
    };

    private static HostRecords NativeRecords(HostField field) => field switch
    {
        HostField.Interpreter or HostField.CallerComm or HostField.ArgumentsTruncated => HostRecords.OfExec,
        HostField.AskedPath => File,
        HostField.InodeAlias or HostField.Deleted or HostField.Inode or HostField.LinkCount => File | HostRecords.OfCall,
        HostField.TargetFilename or HostField.Unverified => HostRecords.OfOpen | HostRecords.OfCall,
        HostField.Error => HostRecords.FileAccessFailed | HostRecords.AuditFailedOpenSyscall | HostRecords.AuditOpenPath | OfAnyCall,
        HostField.Call => HostRecords.OfCall,
        HostField.SourceFilename => HostRecords.FileEvent | HostRecords.FileRename | OfAnyCall,
        HostField.Mode or HostField.SetsId or HostField.NewUid => HostRecords.FileChange | OfAnyCall,
        HostField.TargetProcessId or HostField.SocketKind => OfAnyCall,
        HostField.OpenFlags or HostField.ForWriting => HostRecords.OfOpen,
        HostField.DestinationIp or HostField.DestinationPort or HostField.DestinationIsIpv6 or HostField.Initiated
            or HostField.Protocol or HostField.External => HostRecords.OfNetwork,
        HostField.ExitCode => HostRecords.ProcessTermination,
        _ => HostRecords.All,
    };

    private static FieldKind NativeType(HostField field) => field switch
    {
        HostField.ProcessId or HostField.ParentProcessId or HostField.Uid or HostField.Euid or HostField.Gid or HostField.Egid
            or HostField.LoginUid or HostField.LogonId or HostField.AuditSession or HostField.CgroupId or HostField.Inode
            or HostField.LinkCount or HostField.OpenFlags or HostField.DestinationPort or HostField.ExitCode
            or HostField.MountNamespace or HostField.PidNamespace or HostField.NetworkNamespace or HostField.UserNamespace
            or HostField.Repeated or HostField.Mode or HostField.NewUid or HostField.TargetProcessId => FieldKind.Number,
        HostField.Sensitive or HostField.InodeAlias or HostField.Deleted or HostField.ArgumentsTruncated
            or HostField.ForWriting or HostField.Unverified or HostField.SetsId or HostField.DestinationIsIpv6 or HostField.Initiated or HostField.External => FieldKind.Boolean,
        HostField.DestinationIp => FieldKind.Address,
        _ => FieldKind.Text,
    };

    private static HostFieldFact Text(string name, HostRecords records) => new(name, FieldKind.Text, records);

    private static HostFieldFact Number(string name, HostRecords records) => new(name, FieldKind.Number, records);
}
