using System.Reflection;
using System.Runtime.InteropServices;

namespace EdgeAgent.Interop;

/// <summary>Functions of libbpf 1.x under their C names; one partial file per header part. Codes go through <see cref="LibBpfException"/>.</summary>
internal static unsafe partial class LibBpf
{
    private const string Library = "bpf";

    static LibBpf() => NativeLibrary.SetDllImportResolver(typeof(LibBpf).Assembly, Resolve);

    /// <summary>The system's. Not asked where the library is linked in (eng/publish-agent.sh).</summary>
    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        if (name != Library)
        {
            return 0;
        }

        if (NativeLibrary.TryLoad("libbpf.so.1", out var handle))
        {
            return handle;
        }

        throw new DllNotFoundException(
            "libbpf.so.1 is not installed: install the package libbpf1 (Debian, Ubuntu) or libbpf (Amazon Linux, Fedora)");
    }
}
