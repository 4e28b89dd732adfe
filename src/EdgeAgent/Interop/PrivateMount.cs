using System.Runtime.InteropServices;

namespace EdgeAgent.Interop;

/// <summary>Mounts of kernel file systems that have no place among the files: they are there for one descriptor and gone with it.</summary>
internal static class PrivateMount
{
    /// <summary>Makes a mount of that type; -1 with the error as the last of this thread when that cannot be.</summary>
    internal static int Open(string type)
    {
        var context = (int)LibC.fsopen(type, LibC.FSOPEN_CLOEXEC);
        if (context < 0)
        {
            return -1;
        }

        var mount = LibC.fsconfig(context, LibC.FSCONFIG_CMD_CREATE) < 0 ? -1 : (int)LibC.fsmount(context, LibC.FSMOUNT_CLOEXEC);
        var error = Marshal.GetLastPInvokeError();
        _ = LibC.close(context);
        Marshal.SetLastPInvokeError(error);
        return mount;
    }
}
