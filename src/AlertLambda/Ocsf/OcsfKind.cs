using Wire.Model;
using static AlertLambda.Ocsf.OcsfSchema;

namespace AlertLambda.Ocsf;

/// <summary>Class and activity by which OCSF knows an event.</summary>
/// <param name="ClassUid">For example 1007.</param>
/// <param name="ClassName">For example <c>Process Activity</c>.</param>
/// <param name="ActivityId">Number of the activity in the class.</param>
/// <param name="ActivityName">For example <c>Launch</c>.</param>
internal readonly record struct OcsfKind(int ClassUid, string ClassName, int ActivityId, string ActivityName)
{
    /// <summary>Number of the category.</summary>
    internal int CategoryUid => ClassUid / 1000;

    /// <summary>Number of class and activity in one.</summary>
    internal int TypeUid => (ClassUid * 100) + ActivityId;

    /// <summary>Name of class and activity in one.</summary>
    internal string TypeName => $"{ClassName}: {ActivityName}";

    /// <summary>What an event is. Calls without a class of their own, or without the name of a file, are kernel activity.</summary>
    internal static OcsfKind Of(HostEvent e) => e switch
    {
        ExecEvent or ForkEvent => Process(1, "Launch"),
        ExitEvent => Process(2, "Terminate"),
        FileOpenEvent open => Opened(open),
        NetworkEvent { Kind: EventKind.Send } => Network(6, "Traffic"),
        NetworkEvent => Network(1, "Open"),
        CallEvent call => Called(call),
        _ => new OcsfKind(0, "Base Event", 0, "Unknown"),
    };

    // O_CREAT says that this open made the file.
    private static OcsfKind Opened(FileOpenEvent open) =>
        open.Path.Length == 0 ? Kernel() : (open.OpenFlags & 0x40) != 0 && open.Error == 0 ? File(1, "Create") : File(14, "Open");

    private static OcsfKind Called(CallEvent call)
    {
        var kind = call.Call switch
        {
            CallKind.Rename => File(5, "Rename"),
            CallKind.Link or CallKind.Symlink => File(1, "Create"),
            CallKind.Unlink => File(4, "Delete"),
            CallKind.Truncate => File(3, "Update"),
            CallKind.Chmod or CallKind.Chown => File(7, "Set Security"),
            CallKind.Mount => File(12, "Mount"),
            CallKind.Umount => File(13, "Unmount"),
            CallKind.Ptrace => Process(3, "Open"),
            CallKind.MemoryWrite => Process(4, "Inject"),
            CallKind.Setuid or CallKind.Setreuid or CallKind.Setresuid => Process(5, "Set User ID"),
            _ => Kernel(),
        };
        return kind.ClassUid == FileClass && call.Path.Length == 0 ? Kernel() : kind;
    }

    private static OcsfKind Process(int activity, string name) => new(ProcessClass, "Process Activity", activity, name);

    private static OcsfKind File(int activity, string name) => new(FileClass, "File System Activity", activity, name);

    private static OcsfKind Network(int activity, string name) => new(NetworkClass, "Network Activity", activity, name);

    private static OcsfKind Kernel() => new(KernelClass, "Kernel Activity", 4, "Invoke");
}
