using System.Runtime.InteropServices;

namespace EdgeAgent.Interop;

/// <content>Writing to the standard streams.</content>
internal static unsafe partial class LibC
{
    [LibraryImport("libc", SetLastError = true)]
    internal static partial nint write(int fd, ReadOnlySpan<byte> bytes, nuint count);
}
