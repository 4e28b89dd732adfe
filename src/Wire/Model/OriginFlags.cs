namespace Wire.Model;

/// <summary>How the event entered the kernel, and how far its facts can be trusted.</summary>
[Flags]
public enum OriginFlags : ushort
{
    /// <summary>A native system call.</summary>
    None = 0,

    /// <summary>A 32-bit system call (<c>int 0x80</c>, or a 32-bit process).</summary>
    Compat32 = 1 << 0,

    /// <summary>A request to io_uring, which no system call shows.</summary>
    IoUring = 1 << 1,
}
