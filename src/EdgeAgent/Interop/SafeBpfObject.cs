using System.Runtime.InteropServices;

namespace EdgeAgent.Interop;

/// <summary>An open BPF object: its programs and maps live as long as it does (or their links).</summary>
internal sealed class SafeBpfObject : SafeHandle
{
    internal SafeBpfObject(nint handle)
        : base(0, ownsHandle: true) => SetHandle(handle);

    public override bool IsInvalid => handle == 0;

    /// <summary>The pointer, for calls while this object is kept alive by its owner.</summary>
    internal nint Pointer => IsClosed ? throw new ObjectDisposedException(nameof(SafeBpfObject)) : handle;

    protected override bool ReleaseHandle()
    {
        LibBpf.bpf_object__close(handle);
        return true;
    }
}
