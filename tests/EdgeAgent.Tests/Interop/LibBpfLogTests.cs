using System.Runtime.InteropServices;
using System.Text;
using EdgeAgent.Interop;
using Support;

namespace EdgeAgent.Tests.Interop;

public sealed partial class LibBpfLogTests
{
    /// <summary>The verifier's log of a refused program may have megabytes.</summary>
    [RootFact]
    public unsafe void Text_of_half_a_megabyte_is_kept_to_its_last_letter()
    {
        const int Length = 500_000;
        var path = new byte[Length + 1];
        Encoding.ASCII.GetBytes("/no").CopyTo(path, 0);
        path.AsSpan(3, Length - 8).Fill((byte)'x');
        Encoding.ASCII.GetBytes("/last").CopyTo(path, Length - 5);
        LibBpfLog.Capture();
        LibBpfLog.Take();

        fixed (byte* text = path)
        {
            Assert.Equal(0, OpenFile(text, null));
        }

        var log = LibBpfLog.Take();
        Assert.Contains("/noxxx", log, StringComparison.Ordinal);
        Assert.Contains("xxx/last", log, StringComparison.Ordinal);
        Assert.True(log.Length > Length, $"{log.Length} characters");
    }

    /// <summary>Tells which file it could not open.</summary>
    [LibraryImport("libbpf.so.1", EntryPoint = "bpf_object__open_file")]
    private static unsafe partial nint OpenFile(byte* path, void* options);
}
