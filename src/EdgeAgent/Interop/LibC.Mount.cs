using System.Runtime.InteropServices;

namespace EdgeAgent.Interop;

/// <content>Mounts that belong to no folder, by the system calls themselves: older C libraries have no functions for them. The numbers are
/// the same on every architecture.</content>
internal static unsafe partial class LibC
{
    internal const uint FSOPEN_CLOEXEC = 1;
    internal const uint FSMOUNT_CLOEXEC = 1;
    internal const uint FSCONFIG_CMD_CREATE = 6;
    private const nint SYS_fsopen = 430;
    private const nint SYS_fsconfig = 431;
    private const nint SYS_fsmount = 432;

    internal static nint fsopen(string type, uint flags) => syscall(SYS_fsopen, type, flags);

    internal static nint fsconfig(int context, uint command) => syscall(SYS_fsconfig, context, command, null, null, 0);

    internal static nint fsmount(int context, uint flags) => syscall(SYS_fsmount, context, flags, 0);

    [LibraryImport("libc", EntryPoint = "syscall", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial nint syscall(nint number, string text, nuint flags);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint syscall(nint number, nint context, nuint command, void* key, void* value, nint auxiliary);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint syscall(nint number, nint context, nuint flags, nuint attributes);
}
