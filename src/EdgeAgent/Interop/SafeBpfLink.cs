using System.Runtime.InteropServices;

namespace EdgeAgent.Interop;

/// <summary>An attached program; disposing detaches it.</summary>
internal sealed class SafeBpfLink : SafeHandle
{
    internal SafeBpfLink(nint handle)
        : base(0, ownsHandle: true) => SetHandle(handle);

    public override bool IsInvalid => handle == 0;

    /// <summary>The link's file descriptor, borrowed.</summary>
    internal int Fd => LibBpf.bpf_link__fd(handle);

    protected override bool ReleaseHandle() => LibBpf.bpf_link__destroy(handle) == 0;
}
