using System.Runtime.InteropServices;

namespace EdgeAgent.Interop;

/// <content>Files by handle instead of by name.</content>
internal static unsafe partial class LibC
{
    /// <summary>FILEID_KERNFS of <c>include/linux/exportfs.h</c>: the handle is the id of a kernfs node, as cgroups are.</summary>
    internal const int FILEID_KERNFS = 0xFE;

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int open_by_handle_at(int mount_fd, KernfsHandle* handle, int flags);

    /// <summary>struct file_handle with the eight bytes of a kernfs id.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 4)]
    internal struct KernfsHandle
    {
        public uint Bytes;
        public int Type;
        public ulong Id;
    }
}
